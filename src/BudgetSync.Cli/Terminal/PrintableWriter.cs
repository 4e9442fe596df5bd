using System.Text;

namespace BudgetSync.Cli.Terminal;

/// <summary>A writer through which only <see cref="Printable"/> text comes; what draws on a terminal itself writes to <see cref="Inner"/>.</summary>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value is '\r' ? "\r" : Printable.Text(value.ToString()));

    public override void Write(string? value) => inner.Write(value is null ? null : Printable.Text(value));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Printable.Text(value));

    public override Task WriteAsync(string? value) => inner.WriteAsync(value is null ? null : Printable.Text(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(value is null ? null : Printable.Text(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
