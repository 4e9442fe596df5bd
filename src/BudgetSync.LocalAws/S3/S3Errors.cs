using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.S3;

/// <summary>The errors of Amazon S3, by name and status (API reference, "Error responses").</summary>
internal static class S3Errors
{
    public static AwsException NoSuchBucket() => new("NoSuchBucket", "The specified bucket does not exist", 404);

    public static AwsException NoSuchKey() => new("NoSuchKey", "The specified key does not exist.", 404);

    public static AwsException NoSuchVersion() => new("NoSuchVersion", "The specified version does not exist.", 404);

    public static AwsException InvalidBucketName() => new("InvalidBucketName", "The specified bucket is not valid.");

    public static AwsException KeyTooLong() => new("KeyTooLongError", "Your key is too long");

    public static AwsException Invalid(string message) => new("InvalidRequest", message);

    public static AwsException HashMismatch() =>
        new("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static AwsException BadDigest(string sum) => new("BadDigest", $"The {sum} you specified did not match the calculated checksum.");

    public static AwsException NotImplemented() =>
        new("NotImplemented", "A header you provided implies functionality that is not implemented: LocalAws takes a body whole, not in signed chunks.", 501);

    public static AwsException BucketNotEmpty() =>
        new("BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.", 409);

    public static AwsException BucketExists() =>
        new("BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system.", 409);

    public static AwsException WrongRegion(string given, string expected) =>
        new("AuthorizationHeaderMalformed", $"The authorization header is malformed; the region '{given}' is wrong; expecting '{expected}'");
}
