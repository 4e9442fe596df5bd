using System.Reflection;
using BudgetSync.Cdk.Management;
using BudgetSync.Core.Status;

namespace BudgetSync.Cdk.Tests;

/// <summary>What functions may put on the bus, and what they put there.</summary>
public sealed class OwnEventTests
{
    [Fact]
    public void The_events_that_Collect_and_Respond_may_put_are_those_that_the_code_has() => Assert.Equal(
        typeof(SpendEvent).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
        OwnEvents.Found.Order(StringComparer.Ordinal));

    /// <summary>A message for a channel is no fact about an account, and a fact is no message: neither function can make up the other's.</summary>
    [CdkFact]
    public void Each_function_may_put_its_own_events_and_no_others()
    {
        using var app = new SynthesizedApp(ChannelTemplateTests.Settings with { Respond = true });
        var puts = PolicyStatementText.All(app.Stacks["BudgetSync-Management"])
            .Where(statement => statement is { Action: "events:PutEvents", Principal: "" })
            .ToDictionary(statement => statement.Where.Split('/')[0], statement => statement.Condition);

        Assert.Equal(["CollectRole", "NotifyRole", "RespondRole"], puts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Only("BudgetSync Notification"), puts["NotifyRole"]);
        Assert.Equal(Only([.. OwnEvents.Found, "BudgetSync Spoke Deployed"]), puts["CollectRole"]);
        Assert.Equal(Only([.. OwnEvents.Found, "BudgetSync Restrictions Decided"]), puts["RespondRole"]);
    }

    internal static string Only(params string[] kinds) =>
        $"ForAllValues:StringEquals events:source budgetsync; ForAllValues:StringEquals events:detail-type {string.Join(", ", kinds)}; "
        + "Null events:source false; Null events:detail-type false";
}
