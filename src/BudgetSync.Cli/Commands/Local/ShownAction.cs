using System.Globalization;
using System.Text.Json;
using Amazon.Budgets;
using Amazon.Budgets.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The budget action that <c>local --budget-actions</c> shows at work: one row gets it, and it is told where it stands.</summary>
internal static class ShownAction
{
    /// <summary>Percent of the limit: low, so that it is passed early in a month.</summary>
    private const int Threshold = 10;

    private static readonly RowValue Actions = Read($$"""
        [{ "NotificationType": "ACTUAL", "ActionType": "APPLY_IAM_POLICY", "ApprovalModel": "AUTOMATIC",
           "ActionThreshold": { "ActionThresholdValue": {{Threshold}}, "ActionThresholdType": "PERCENTAGE" },
           "Definition": { "IamActionDefinition": { "PolicyArn": "arn:aws:iam::{AccountId}:policy/DenyNewResources", "Roles": ["developer"] } } }]
        """);

    /// <summary>The same rows, the first of which that may have an action has it. AWS has none for budgets of days.</summary>
    public static IReadOnlyList<RowEntry> AddTo(IReadOnlyList<RowEntry> rows)
    {
        var chosen = rows.FirstOrDefault(row => AccountId.TryParse(row.Image.Key, out _)
            && row.Problems.Count == 0
            && row.Image.Attributes.GetValueOrDefault("TimeUnit") is not RowValue.Text { Value: "DAILY" }
            && !row.Image.Attributes.ContainsKey("Actions"));
        return [.. rows.Select(row => ReferenceEquals(row, chosen) ? row with { Image = With(row.Image) } : row)];
    }

    /// <summary>Where the actions of an account stand, by the name of their budget: <c>EXECUTION_SUCCESS</c>.</summary>
    public static async Task<ILookup<string, string>> StatesAsync(HttpMessageHandler cloud, string account, string region, CancellationToken cancellation) =>
        (await ReadAsync(cloud, account, region, cancellation)).ToLookup(action => action.BudgetName, action => action.Status.Value, StringComparer.Ordinal);

    /// <summary>A line for people of each action, those that rows had before too.</summary>
    public static async Task<IEnumerable<string>> LinesAsync(HttpMessageHandler cloud, string account, string region, CancellationToken cancellation) =>
        (await ReadAsync(cloud, account, region, cancellation)).Select(action => string.Create(
            CultureInfo.InvariantCulture,
            $"{account}  {action.BudgetName}: the budget action {action.ActionType} at {action.ActionThreshold.ActionThresholdValue:0.##}"
                + $"{(action.ActionThreshold.ActionThresholdType == ThresholdType.PERCENTAGE ? " %" : "")} is {action.Status}"));

    private static async Task<List<Amazon.Budgets.Model.Action>> ReadAsync(
        HttpMessageHandler cloud, string account, string region, CancellationToken cancellation)
    {
        using var clients = new AwsClients(LocalRun.Administrator(AccountId.Parse(account), region), cloud);
        var answer = await clients.Budgets.DescribeBudgetActionsForAccountAsync(
            new DescribeBudgetActionsForAccountRequest { AccountId = account }, cancellation);
        return answer.Actions ?? [];
    }

    private static RowImage With(RowImage image) => new(image.Attributes.Items.SetItem("Actions", Actions));

    private static RowValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
