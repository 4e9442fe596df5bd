using System.Text;

namespace BudgetSync.Cli.Terminal;

/// <summary>A writer of lines, each in several where the screen is too narrow for it.</summary>
/// <param name="length">How long a line may be; <see cref="int.MaxValue"/>: as long as it is.</param>
/// <param name="indent">How many blanks lines but the first begin with.</param>
internal sealed class FoldingWriter(TextWriter inner, int length, int indent) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        foreach (var line in CellText.Fold(Printable.Line(value ?? ""), length, indent)) inner.WriteLine(line);
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
