using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// What a PNG was drawn of, written into it: browsers draw letters a little different on each machine, so that a picture is compared with its source and not
/// with another picture. Source: PNG specification, 11.3.4.3, tEXt.
/// </summary>
internal static class PictureSource
{
    private const string Keyword = "Source";

    /// <summary>Before the image's last chunk, IEND: its length, its type and its check.</summary>
    private const int EndBytes = 12;

    public static string DigestOf(string html) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)));

    public static byte[] Written(byte[] png, string digest)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes("tEXt"), .. Encoding.Latin1.GetBytes(Keyword), 0, .. Encoding.ASCII.GetBytes(digest)];
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, typed.Length - sizeof(int));
        var check = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(check, Check(typed));
        return [.. png[..^EndBytes], .. length, .. typed, .. check, .. png[^EndBytes..]];
    }

    /// <summary>Null where it says nothing.</summary>
    public static string? Read(byte[] png)
    {
        byte[] mark = [.. Encoding.ASCII.GetBytes("tEXt"), .. Encoding.Latin1.GetBytes(Keyword), 0];
        var at = png.AsSpan().IndexOf(mark);
        return at < 0 ? null : Encoding.ASCII.GetString(png, at + mark.Length, SHA256.HashSizeInBytes * 2);
    }

    /// <summary>CRC-32 (PNG specification, Annex D).</summary>
    private static uint Check(byte[] bytes)
    {
        var check = uint.MaxValue;
        foreach (var one in bytes)
        {
            check ^= one;
            for (var bit = 0; bit < 8; bit++) check = (check & 1) == 0 ? check >> 1 : (check >> 1) ^ 0xEDB88320;
        }

        return ~check;
    }
}
