using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>
/// A file of prices or names as it is given: by its name or its https address, packed with gzip or not, UTF-8 or UTF-16 with its byte order mark, as Windows
/// PowerShell's <c>&gt;</c> writes what a command prints.
/// </summary>
internal static class PriceDocument
{
    /// <returns>It whole, unpacked, as UTF-8 without a byte order mark.</returns>
    /// <exception cref="CommandException">It cannot be read, is above its bound (<see cref="OfferAddress.MostBytes"/>), or is no text.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var given = OfferAddress.Of(path) is { } address ? await OfferAddress.FetchAsync(address, cancellation) : File.OpenRead(path);
            var bytes = await WholeAsync(path, given, cancellation);
            if (bytes is [0x1F, 0x8B, ..])
            {
                await using var plain = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                bytes = await WholeAsync(path, plain, cancellation);
            }

            return Text(path, bytes);
        }
        catch (InvalidDataException)
        {
            throw new CommandException($"{path}: is no whole gzip file; was it cut on its way?");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static async Task<byte[]> WholeAsync(string path, Stream stream, CancellationToken cancellation)
    {
        var (whole, buffer) = (new MemoryStream(), new byte[1024 * 1024]);
        for (int length; (length = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (whole.Length + length > OfferAddress.MostBytes)
            {
                var most = Number.Of(OfferAddress.MostBytes / (1024 * 1024));
                throw new CommandException($"{path}: has more than {most} MB, ten times as much as AWS's files; take index.json of one Region.");
            }

            whole.Write(buffer, 0, length);
        }

        return whole.ToArray();
    }

    private static ReadOnlyMemory<byte> Text(string path, byte[] bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            try
            {
                var wide = new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: true, throwOnInvalidBytes: true);
                return Encoding.UTF8.GetBytes(wide.GetString(bytes.AsSpan(2)));
            }
            catch (DecoderFallbackException)
            {
                throw new CommandException($"{path}: begins as UTF-16 and is not UTF-16 text; give it as UTF-8.");
            }
        }

        return Utf8.IsValid(bytes) ? bytes : throw new CommandException($"{path}: is no UTF-8 text; give it as AWS has it.");
    }
}
