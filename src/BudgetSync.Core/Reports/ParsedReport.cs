namespace BudgetSync.Core.Reports;

/// <summary>What became of reading a report.</summary>
public abstract record ParsedReport
{
    private ParsedReport()
    {
    }

    public sealed record Read(Report Report) : ParsedReport;

    /// <summary>Not a report of ours: an older or newer version gone too far, or a foreign event.</summary>
    public sealed record Malformed(string Reason) : ParsedReport;
}
