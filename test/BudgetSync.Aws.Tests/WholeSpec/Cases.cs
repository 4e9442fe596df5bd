using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>How many seeds each property is tried with, and the accounts and rows that a seed stands for.</summary>
internal static class Cases
{
    /// <summary>Set it to try more than CI does, for example <c>BUDGETSYNC_CASES=5000</c>.</summary>
    private const string Variable = "BUDGETSYNC_CASES";

    private const long FirstAccount = 100_000_000_000;

    public static IEnumerable<int> Seeds(int usually) =>
        Enumerable.Range(
            1,
            int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var more) ? more : usually);

    /// <summary>Each case has an account of its own, so that they do not meet.</summary>
    public static AccountId Account(int number) => AccountId.Parse((FirstAccount + number).ToString(CultureInfo.InvariantCulture));

    /// <summary>A valid row, or now and then an edit of the one before: what most edits are.</summary>
    public static JsonObject NextRow(Random random, JsonObject? before, AccountId account)
    {
        var fresh = RandomRows.Valid(random, account.Value);
        if (before is null || random.Next(2) == 0) return fresh;
        var edited = before.DeepClone().AsObject();
        foreach (var name in new[] { "Thresholds", "EmailRecipients", "SnsTopicArn", "KeepExtraSubscribers" }.Where(_ => random.Next(2) == 0))
        {
            if (fresh[name] is { } value) edited[name] = value.DeepClone();
            else edited.Remove(name);
        }

        return edited;
    }

    /// <summary>What the row means; null where an edit made it one that Core refuses.</summary>
    public static Resolution.Desired? Resolve(JsonObject row, AccountId account) =>
        Resolver.Resolve(account, [RandomRows.Image(row)], World.Defaults) as Resolution.Desired;
}
