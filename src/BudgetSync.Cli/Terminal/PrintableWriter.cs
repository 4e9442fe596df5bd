using System.Text;

namespace BudgetSync.Cli.Terminal;

/// <summary>
/// A writer through which only <see cref="Printable"/> text comes, each line in several where the screen is too narrow for it; what draws on a terminal itself
/// writes to <see cref="Inner"/>. What is written without its line's end is not folded.
/// </summary>
/// <param name="length">How long a line may be now; <see cref="int.MaxValue"/>: as long as it is.</param>
internal sealed class PrintableWriter(TextWriter inner, Func<int> length) : TextWriter
{
    /// <summary>What goes on below a line that is set in stands so much further in.</summary>
    private const int Hanging = 2;

    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Put(value is '\r' ? "\r" : Printable.Text(value.ToString()));

    public override void Write(string? value) => Put(value is null ? null : Printable.Text(value));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Put(Lines(value) + inner.NewLine);

    public override Task WriteAsync(string? value) => PutAsync(value is null ? null : Printable.Text(value));

    public override Task WriteLineAsync(string? value) => PutAsync(Lines(value) + inner.NewLine);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private void Put(string? text)
    {
        try
        {
            inner.Write(text);
        }
        catch (IOException full)
        {
            throw Unwritten(full);
        }
    }

    private async Task PutAsync(string? text)
    {
        try
        {
            await inner.WriteAsync(text);
        }
        catch (IOException full)
        {
            throw Unwritten(full);
        }
    }

    /// <summary>As what it is: whoever calls AWS and writes takes any other failure of input and output for one of the call.</summary>
    private static CommandException Unwritten(IOException full) =>
        new($"the output cannot be written: {full.Message.TrimEnd('.', ' ')}; make room where it goes, or let it go elsewhere.");

    private string? Lines(string? value)
    {
        if (value is null) return null;
        var most = length();
        return string.Join('\n', Printable.Text(value).Split('\n').SelectMany(line => CellText.Fold(line, most, Below(line))));
    }

    private static int Below(string line) => line.StartsWith(' ') ? line.Length - line.TrimStart(' ').Length + Hanging : 0;
}
