using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.S3;

/// <summary>
/// The requests of Amazon S3 as its service model (2006-03-01) names their members, those of the path, the query string and the headers together. The
/// body is in base64 here.
/// </summary>
internal static class S3Shapes
{
    /// <summary>Not of the model: what a signature of version 4 says of the body.</summary>
    public const string Hash = "X-Amz-Content-Sha256";

    private static readonly Member Bucket = Required("Bucket", AnyText);
    private static readonly Member Key = Required("Key", String(1, int.MaxValue));
    private static readonly Member HashOfBody = Optional(Hash, AnyText);

    public static Shape PutObject { get; } = Members(
        Bucket, Key, HashOfBody,
        Optional("Body", AnyText),
        Optional("ContentType", AnyText),
        Optional("ContentMD5", AnyText),
        Optional("ContentEncoding", Enum("aws-chunked")),
        Optional("ChecksumAlgorithm", Enum("CRC32")),
        Optional("ChecksumCRC32", AnyText));

    public static Shape GetObject { get; } = Members(
        Bucket, Key, HashOfBody,
        Optional("VersionId", AnyText),
        Optional("ChecksumMode", Enum("ENABLED")));
}
