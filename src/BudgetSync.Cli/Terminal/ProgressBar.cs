namespace BudgetSync.Cli.Terminal;

/// <summary>
/// How far a long piece of work is: a bar that is drawn over itself where talk goes to a terminal, and otherwise what <see cref="Progress"/> says now and then.
/// </summary>
internal sealed class ProgressBar(ConsoleContext terminal, Progress progress)
{
    private const int Cells = 24;
    private readonly Lock gate = new();
    private int drawn;

    /// <param name="words">For example <c>120 of 400 applied, 3 failed</c>.</param>
    public void Show(int done, int of, string words)
    {
        if (!terminal.DrawsProgress)
        {
            progress.Now(done, words);
            return;
        }

        var full = of == 0 ? Cells : (int)((long)Cells * Math.Clamp(done, 0, of) / of);
        Draw(done, $"[{new string('#', full)}{new string('.', Cells - full)}] {Printable.Line(words)}");
    }

    /// <summary>Takes the bar away, so that words begin on a line of their own.</summary>
    public void Clear()
    {
        if (drawn > 0) Draw(int.MaxValue, "");
        progress.Now("");
        if (terminal.DrawsProgress) Inner.Write('\r');
        drawn = 0;
    }

    private TextWriter Inner => terminal.Error is PrintableWriter printable ? printable.Inner : terminal.Error;

    private void Draw(int done, string line)
    {
        // Work under way at once tells of itself at once.
        lock (gate)
        {
            if (!progress.Now(done, "")) return;
            Inner.Write('\r' + line.PadRight(drawn));
            Inner.Flush();
            drawn = line.Length;
        }
    }
}
