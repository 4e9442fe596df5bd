using System.Text;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>The text of a file of rows, which is UTF-8, or UTF-16 with its byte order mark.</summary>
internal static class RowFileText
{
    /// <exception cref="CommandException">It is no such text: where that shows first, what it likely is and what to do.</exception>
    public static string Decode(string name, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return Wide(name, bytes, bigEndian: bytes[0] == 0xFE);
        if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var nul)
            throw Wrong(name, bytes, nul, bytes.Length > 1 && bytes.Length % 2 == 0 && (bytes[0] == 0) != (bytes[1] == 0)
                ? "is zero, as every second one of UTF-16 is, and the byte order mark of UTF-16 is missing; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
                : "is zero, which no text has; take it out there, or save the file anew as UTF-8");
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            throw Wrong(name, bytes, wrong.Index, "is not UTF-8 text, so it may be of an older code page, such as Windows-1252; save it as UTF-8 "
                + "(in a spreadsheet: \"CSV UTF-8\")");
        }
    }

    private static string Wide(string name, byte[] bytes, bool bigEndian)
    {
        try
        {
            var text = new UnicodeEncoding(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes.AsSpan(2));
            var nul = text.IndexOf('\0', StringComparison.Ordinal);
            if (nul < 0) return text;
            throw new CommandException($"{name}: line {Number.Of(1 + text.AsSpan(0, nul).Count('\n'))}: a character there is zero, which no text has; take it "
                + "out, or save the file anew as UTF-8");
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException($"{name}: begins as UTF-16 and is not UTF-16 text; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
        }
    }

    private static CommandException Wrong(string name, byte[] bytes, int at, string what) =>
        new($"{name}: line {Number.Of(1 + bytes.AsSpan(0, at).Count((byte)'\n'))}: byte {Number.Of(at + 1)} of the file {what}");
}
