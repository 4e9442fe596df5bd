namespace BudgetSync.Core.Reports;

/// <summary>
/// Attachments of one policy of which a spoke cannot say that they are given back: nothing says any more whether it or a person attached them, or they could
/// not be detached. A restriction by this policy that was in force before <paramref name="Since"/> is not known to be given back meanwhile, unless the report
/// says so of it by its id.
/// </summary>
/// <param name="Policy">Its name below the path of our policies: <c>DenyNew</c>.</param>
/// <param name="Since">When they were last found so anew, by the spoke's clock.</param>
/// <param name="Reason">Who is bound, why it is not known, and what to do.</param>
public sealed record UnexplainedAttachments(string Policy, DateTimeOffset Since, string Reason)
{
    /// <summary>Two policies of ours, and one for each list of the deployment.</summary>
    public const int Most = 20;
}
