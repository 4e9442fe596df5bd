
namespace BudgetSync.Core.Rows;

/// <summary>What the stack's settings say for rows that leave it out.</summary>
/// <param name="BudgetName">Name of a budget whose row gives none, for example <c>SpokeAccountBudget</c>.</param>
/// <param name="EmailRecipients">Who is told where no row names a recipient; may be empty.</param>
/// <param name="Partition">The AWS partition every ARN must stand in: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, …</param>
/// <param name="ManagementAccount">
/// The only account where an APPLY_SCP_POLICY action works. Null where it is not known (in a spoke): then AWS itself is the judge.
/// </param>
public sealed record StackDefaults(string BudgetName, EquatableArray<string> EmailRecipients, string Partition, AccountId? ManagementAccount)
{
    /// <summary>The role that a spoke's stack makes where budget actions are on; the only one that Apply may hand to AWS Budgets.</summary>
    public const string ActionRole = "BudgetSyncActionRole";

    /// <summary>
    /// The account that BudgetSync's hub runs in: the management account, or a delegated administrator's. Null where that is not known, in a spoke.
    /// </summary>
    public AccountId? HubAccount { get; init; }

    /// <summary>
    /// Whether nothing may restrict the account: the one that pays, which no policy of the organization binds, or the one that BudgetSync runs in.
    /// </summary>
    public bool IsNeverRestricted(AccountId account) => account == ManagementAccount || account == HubAccount;

    /// <summary>The limit of a COST budget for which no row gives an amount, in its unit; null (the usual) leaves such a row rejected.</summary>
    public decimal? BudgetValue { get; init; }

    /// <summary>The currencies that the organization's accounts are billed in; the first is that of a row that gives none.</summary>
    public EquatableArray<string> Currencies { get; init; } = [Currency];

    /// <summary>
    /// The names of the deployment's channels, which a row's Notify may name; empty where it has none, null where that is not known: then names are not judged.
    /// </summary>
    public EquatableArray<string>? Channels { get; init; }

    /// <summary>
    /// The names of the deployment's lists of calls, which a response's Policy may name; empty where it has none, null where that is not known.
    /// </summary>
    public EquatableArray<string>? PolicyLists { get; init; }

    /// <summary>What the deployment has for responses; null where that is not known, or it has none at all.</summary>
    public DeployedResponses? Responses { get; init; }

    /// <summary>The currency of most accounts, and of a parameter document that names none.</summary>
    internal const string Currency = "USD";
}
