using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// What a PNG was drawn of and how high that is, written into it: browsers draw letters a little different on each machine, so that a picture is compared with
/// its source and not with another picture. Source: PNG specification, 11.2.2, IHDR, and 11.3.4.3, tEXt.
/// </summary>
internal static class PictureSource
{
    private const string Keyword = "Source";

    /// <summary>Where the image's height stands: after the signature, the first chunk's length and type, and the width.</summary>
    private const int HeightAt = 20;

    private const int DigestLetters = SHA256.HashSizeInBytes * 2;

    /// <summary>Before the image's last chunk, IEND: its length, its type and its check.</summary>
    private const int EndBytes = 12;

    public static string DigestOf(string html) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)));

    /// <param name="height">Of the whole page, in pixels.</param>
    public static byte[] Written(byte[] png, string digest, int height)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{digest} {height}");
        byte[] typed = [.. Encoding.ASCII.GetBytes("tEXt"), .. Encoding.Latin1.GetBytes(Keyword), 0, .. Encoding.ASCII.GetBytes(text)];
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, typed.Length - sizeof(int));
        var check = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(check, Check(typed));
        return [.. png[..^EndBytes], .. length, .. typed, .. check, .. png[^EndBytes..]];
    }

    /// <returns>What it was drawn of, null where it does not say; and whether it shows all of it.</returns>
    public static (string? Digest, bool IsWhole) Read(byte[] png)
    {
        byte[] mark = [.. Encoding.ASCII.GetBytes("tEXt"), .. Encoding.Latin1.GetBytes(Keyword), 0];
        var at = png.AsSpan().IndexOf(mark);
        if (at < 0) return (null, false);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - sizeof(int))) - Keyword.Length - 1;
        var text = Encoding.ASCII.GetString(png, at + mark.Length, length);
        return (text[..DigestLetters], int.TryParse(text[DigestLetters..], CultureInfo.InvariantCulture, out var height)
            && BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(HeightAt)) >= height);
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
