using System.IO.Compression;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>Bodies that came compressed: AWS's JSON services take gzip (Alternator's test_compressed_request, tried at AWS).</summary>
internal static class ContentEncoding
{
    /// <summary>What a body may grow to: as much as one that comes uncompressed.</summary>
    private const int MaximumBytes = 16 * 1024 * 1024;

    /// <exception cref="AwsException">SerializationException: another encoding, no gzip although it says so, or too much.</exception>
    public static byte[] Decode(WireRequest request)
    {
        var encoding = request.Header("Content-Encoding");
        if (encoding is null or "" or "identity") return request.Body;
        if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            throw Unreadable($"Content-Encoding \"{encoding}\" is not known; send the body plain or as gzip.");
        try
        {
            using var packed = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var part = new byte[64 * 1024];
            for (var count = packed.Read(part); count > 0; count = packed.Read(part))
            {
                plain.Write(part, 0, count);
                if (plain.Length > MaximumBytes) throw Unreadable("The request body is larger than 16 MB when it is decompressed.");
            }

            return plain.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw Unreadable($"The request body is no gzip: {exception.Message}");
        }
    }

    private static AwsException Unreadable(string message) => new("SerializationException", message);
}
