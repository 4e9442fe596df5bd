namespace BudgetSync.LocalAws.Messages;

/// <summary>A message as who gets it sees it.</summary>
/// <param name="Sender">
/// By which way it came: <c>Slack</c>, <c>e-mail of topic mail</c>, <c>topic operations</c> where nobody has confirmed, <c>SMS of topic phone</c>,
/// <c>e-mail of AWS Budgets to finops@example.com</c>.
/// </param>
/// <param name="Title">One line.</param>
/// <param name="Lines">What stands below it.</param>
/// <param name="Body">As it was sent, without the secret that a connection adds.</param>
public sealed record InboxMessage(DateTimeOffset At, string Sender, string Title, IReadOnlyList<string> Lines, string Body)
{
    /// <summary>Why its provider refused it, and nobody saw it; null where it took it.</summary>
    public string? Refused { get; init; }
}
