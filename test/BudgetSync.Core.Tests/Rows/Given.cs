using System.Text.Json;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>The world every row test stands in.</summary>
internal static class Given
{
    public static readonly AccountId Account = AccountId.Parse("111122223333");

    public static readonly AccountId Management = AccountId.Parse("999999999999");

    public static readonly StackDefaults Defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", Management)
    {
        Currencies = ["USD", "EUR"],
        Channels = ["finops", "pager"],
        PolicyLists = EquatableArray.Create(["critical", "over"]),
    };

    /// <summary>A row from plain JSON; the account's own key is put in where the JSON gives none.</summary>
    public static RowImage Row(string json) => Row(json, Account);

    public static RowImage Row(string json, AccountId account)
    {
        using var document = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(document.RootElement)!; // Tests write objects.
        return row.Attributes.ContainsKey("AccountId") ? row : new RowImage(row.Attributes.Items.Add("AccountId", new RowValue.Text(account.Value)));
    }

    public static Resolution Resolve(params string[] nearestFirst) => Resolver.Resolve(Account, [.. nearestFirst.Select(Row)], Defaults);

    public static Resolution.Desired Desired(params string[] nearestFirst) => Resolve(nearestFirst) switch
    {
        Resolution.Desired desired => desired,
        Resolution.Rejected rejected => throw new Xunit.Sdk.XunitException(string.Join('\n', rejected.Reasons)),
        var other => throw new Xunit.Sdk.XunitException(other.ToString()),
    };

    public static IReadOnlyList<string> Reasons(params string[] nearestFirst) =>
        Assert.IsType<Resolution.Rejected>(Resolve(nearestFirst)).Reasons;
}
