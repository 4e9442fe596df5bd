namespace BudgetSync.Cli.Terminal;

/// <summary>
/// Says every few seconds what a command that has not ended yet is doing: an organization of 10,000 accounts takes some minutes to read. Talk, so on the error
/// stream; quick commands never say anything.
/// </summary>
internal sealed class Progress : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ITimer timer;
    private readonly Lock gate = new();
    private volatile string doing = "";
    private int most = -1;

    public Progress(ConsoleContext terminal) => timer = terminal.Time.CreateTimer(_ => Say(terminal), null, Interval, Interval);

    /// <summary>What is being done from now on, for example <c>reading the organization</c>.</summary>
    public void Now(string what)
    {
        lock (gate)
        {
            (doing, most) = (what, -1);
        }
    }

    /// <summary>
    /// How far what is being done is. Work under way at once may tell of less after it told of more: that is let be, so that no count goes back.
    /// </summary>
    /// <returns>False where more was told already.</returns>
    public bool Now(int done, string what)
    {
        lock (gate)
        {
            if (done < most) return false;
            (doing, most) = (what, done);
            return true;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Say(ConsoleContext terminal)
    {
        if (doing is { Length: > 0 } what) terminal.Error.WriteLine($"{what} …");
    }
}
