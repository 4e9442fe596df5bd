using System.Globalization;
using Amazon.Budgets.Model;
using BudgetSync.Cli.Terminal;
using BudgetAction = Amazon.Budgets.Model.Action;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary>One action of a budget as AWS answered it.</summary>
/// <param name="Name">What the organization calls the account.</param>
internal sealed record BudgetActionLine(string AccountId, string Name, BudgetAction Action)
{
    public string Status => Action.Status?.Value ?? "";

    public bool IsBusy => Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);

    /// <summary>For example <c>ACTUAL above 90 %</c>, <c>FORECASTED above 1,500</c>.</summary>
    public string Trigger => string.Create(
        CultureInfo.InvariantCulture,
        $"{Action.NotificationType} above {Number.Of((decimal)(Action.ActionThreshold?.ActionThresholdValue ?? 0))}"
            + $"{(Action.ActionThreshold?.ActionThresholdType == Amazon.Budgets.ThresholdType.PERCENTAGE ? " %" : "")}");

    /// <summary>What it does, for example <c>attach DenyNewResources to role developer</c>.</summary>
    public string Effect => Action.Definition switch
    {
        { IamActionDefinition: { } iam } =>
            $"attach {LastOf(iam.PolicyArn)} to {Listed(("role", iam.Roles), ("group", iam.Groups), ("user", iam.Users))}",
        { ScpActionDefinition: { } scp } => $"attach the service control policy {scp.PolicyId} to {Listed(("target", scp.TargetIds))}",
        { SsmActionDefinition: { } ssm } => $"{ssm.ActionSubType} in {ssm.Region}: {Listed(("instance", ssm.InstanceIds))}",
        _ => Action.ActionType?.Value ?? "",
    };

    private static string LastOf(string? arn) => arn is null ? "" : arn[(arn.LastIndexOf('/') + 1)..];

    private static string Listed(params (string Kind, List<string>? Names)[] lists) => string.Join(", ", lists
        .Where(list => list.Names is { Count: > 0 })
        .Select(list => $"{list.Kind}{(list.Names!.Count == 1 ? "" : "s")} {string.Join(" ", list.Names)}"));
}
