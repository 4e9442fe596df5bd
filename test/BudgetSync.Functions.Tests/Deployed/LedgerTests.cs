using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The ledger is append-only by policy and by condition (issue 14, "append-only by policy and condition").</summary>
public sealed class LedgerTests
{
    private const string Hub = DeployedOrganization.Management;
    private const string Arn = $"arn:aws:dynamodb:us-east-1:{Hub}:table/BudgetSync-Ledger";

    private static readonly string[] Changes =
        ["dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert"];

    [Fact]
    public async Task No_role_of_the_hub_may_change_or_delete_what_the_ledger_says_of_an_account()
    {
        await using var organization = new DeployedOrganization(Templates.WithResponses);
        await organization.DeployAsync();
        var roles = organization.Cloud.Iam.Roles
            .Where(role => role.AccountId == Hub && role.Definition.Name.StartsWith("BudgetSync", StringComparison.Ordinal)).ToList();
        Assert.Contains(roles, role => role.Definition.Name == "BudgetSync-Respond");
        Assert.Contains(roles, role => role.Definition.Name == "BudgetSync-Notify");

        foreach (var role in roles)
        {
            var caller = new Caller(Hub, role.Arn, $"arn:aws:sts::{Hub}:assumed-role/{role.Definition.Name}/s");
            foreach (var change in Changes)
            {
                Assert.False(organization.Cloud.Iam.IsAllowed(caller, On(change, DeployedOrganization.Spoke)), $"{role.Definition.Name} may {change}");
            }

            // Counters of messages, in partitions of their own, are Notify's to count; that it counts nothing else holds here too.
            var counts = organization.Cloud.Iam.IsAllowed(caller, On("dynamodb:UpdateItem", "channel#operations"));
            Assert.Equal(role.Definition.Name == "BudgetSync-Notify", counts);
            Assert.False(organization.Cloud.Iam.IsAllowed(caller, new IamRequest("dynamodb:UpdateItem", Arn)), role.Definition.Name);
        }

        static IamRequest On(string action, string key) => new(action, Arn)
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("dynamodb:LeadingKeys", [key]),
        };
    }

    /// <summary>IAM cannot say that a PutItem writes nothing over: each writer's has the condition, which DynamoDB holds.</summary>
    [Fact]
    public async Task Every_entry_is_written_on_the_condition_that_it_is_new_and_a_second_one_of_its_key_changes_nothing()
    {
        await using var organization = await ResponseTests.DeployedAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", ",\"Notify\":\"operations\"");
        var written = new ConcurrentDictionary<string, int>();
        organization.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation is not ("PutItem" or "UpdateItem") || $"{call.Input["TableName"]}" != "BudgetSync-Ledger") return null;
            var role = call.Caller.PrincipalArn.Split('/')[^1];
            if (call.Operation == "UpdateItem") Assert.StartsWith("channel#", call.Input["Key"]!["AccountId"]!["S"]!.ToString(), StringComparison.Ordinal);
            else if (call.Input["Item"]!["What"] is null) return null;
            else Assert.Equal("attribute_not_exists(AccountId)", call.Input["ConditionExpression"]?.ToString());
            written.AddOrUpdate($"{role} {call.Operation}", 1, (_, count) => count + 1);
            return null;
        });
        organization.Cloud.Budgets.SetSpend(DeployedOrganization.Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(["BudgetSync-Notify UpdateItem", "BudgetSync-Respond PutItem"], written.Keys.Order(StringComparer.Ordinal));

        var before = await ResponseAttackTests.LedgerAsync(organization, DeployedOrganization.Spoke);
        using var clients = organization.As(DeployedOrganization.Management);
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest);
        foreach (var entry in before)
            await ledger.RecordAsync(DeployedOrganization.Spoke, entry with { Text = "nothing was decided", By = "nobody" }, CancellationToken.None);

        var after = await ResponseAttackTests.LedgerAsync(organization, DeployedOrganization.Spoke);
        Assert.NotEmpty(before);
        Assert.Equal(before.Select(entry => (entry.What, entry.Text, entry.By)), after.Select(entry => (entry.What, entry.Text, entry.By)));
        Assert.Contains(after, entry => entry.What == nameof(RestrictionState.InForce));
    }
}
