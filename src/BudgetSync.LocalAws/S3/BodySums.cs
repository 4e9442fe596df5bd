using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.S3;

/// <summary>The sums by which S3 checks that a body came through whole.</summary>
internal static class BodySums
{
    private const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <exception cref="AwsException">A sum does not fit; InvalidRequest where the signature says nothing of the body.</exception>
    public static void Check(JsonObject input, byte[] body)
    {
        var hash = input.Text(S3Shapes.Hash) ?? throw S3Errors.Invalid("Missing required header for this request: x-amz-content-sha256");
        if (hash.StartsWith("STREAMING-", StringComparison.Ordinal) || input.Has("ContentEncoding")) throw S3Errors.NotImplemented();
        if (hash != Unsigned && !hash.Equals(Convert.ToHexString(SHA256.HashData(body)), StringComparison.OrdinalIgnoreCase)) throw S3Errors.HashMismatch();
        if (input.Text("ContentMD5") is { } md5 && md5 != Convert.ToBase64String(Md5(body))) throw S3Errors.BadDigest("Content-MD5");
        if (input.Text("ChecksumCRC32") is { } crc && crc != Crc32(body)) throw S3Errors.BadDigest("CRC32");
    }

    /// <summary>Of an object that is put whole (API reference, Object): its MD5 sum, where it is encrypted by S3's own keys.</summary>
    public static string ETag(byte[] body) => Convert.ToHexStringLower(Md5(body));

    private static string Crc32(byte[] body)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, JsonProtocol.Crc32(body));
        return Convert.ToBase64String(bytes);
    }

#pragma warning disable CA5351 // S3's protocol says MD5; it is a checksum there, not a protection.
    private static byte[] Md5(byte[] body) => MD5.HashData(body);
#pragma warning restore CA5351
}
