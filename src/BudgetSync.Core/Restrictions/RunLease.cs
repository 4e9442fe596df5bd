namespace BudgetSync.Core.Restrictions;

/// <summary>
/// Which run restricts an account and gives back, of those that are under way: one at a time. Runs write that they begin and end into a parameter, and AWS
/// numbers what they write, so all of them read the same order: who began while nobody had the lease has it, until that run ends or is dead for certain.
/// </summary>
public static class RunLease
{
    /// <summary>Its parameter in the spoke.</summary>
    public const string ParameterName = "/BudgetSync/Lease";

    /// <summary>
    /// The timeout of the functions that run Apply: they begin before they write so, and Lambda has ended them by then. The time is that of AWS's own record of
    /// what was written, so no clock of a function counts.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(300);

    private const string Beginning = "begin";
    private const string Ending = "end";

    /// <param name="run">No other run has it, and it has no space.</param>
    public static string Begin(string run) => $"{Beginning} {run}";

    public static string End(string run) => $"{Ending} {run}";

    /// <summary>The run that has the lease; null where none does. Whose time was over loses it to the next that begins.</summary>
    /// <param name="written">What runs of this function wrote, oldest first, and when.</param>
    /// <param name="now">Null: when the last was written.</param>
    public static string? Holder(IEnumerable<(string Text, DateTimeOffset At)> written, DateTimeOffset? now = null)
    {
        string? holder = null;
        var since = DateTimeOffset.MinValue;
        foreach (var (text, at) in written)
        {
            switch (text.Split(' '))
            {
                case [Beginning, var run] when holder is null || at >= since + Length:
                    (holder, since) = (run, at);
                    break;
                case [Ending, var run] when run == holder:
                    holder = null;
                    break;
            }
        }

        return holder is not null && now >= since + Length ? null : holder;
    }
}
