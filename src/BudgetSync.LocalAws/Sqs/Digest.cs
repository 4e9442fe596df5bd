using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>The MD5 sums by which SQS clients check that a message came through whole.</summary>
internal static class Digest
{
    private const byte StringValue = 1;

    public static string OfBody(string body) => Md5(Encoding.UTF8.GetBytes(body));

    /// <summary>
    /// Name, type and value of each attribute in order of name, each behind its length (AWS's "calculating the MD5 message digest for message attributes").
    /// </summary>
    public static string OfAttributes(JsonObject attributes)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var members = value!.AsObject();
            Add(bytes, name);
            Add(bytes, members.RequiredText("DataType"));
            bytes.WriteByte(StringValue);
            Add(bytes, members.RequiredText("StringValue"));
        }

        return Md5(bytes.ToArray());
    }

    private static void Add(MemoryStream bytes, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, encoded.Length);
        bytes.Write(length);
        bytes.Write(encoded);
    }

#pragma warning disable CA5351 // SQS's protocol says MD5; it is a checksum there, not a protection.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
