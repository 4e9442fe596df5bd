using System.Text.Json.Nodes;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Spoke;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// A spoke that says of every restriction in its parameter that it is in force, and does nothing: what the hub decides is looked at here, not what is denied.
/// </summary>
internal static class RestrictingSpoke
{
    public static void Register(DeployedOrganization organization) => organization.Cloud.Lambda.RegisterInProcess("BudgetSync.Spoke", environment =>
    {
        var function = SpokeFunction.Create(environment.Variables, environment.CreateHandler(), new ImmediateClock(organization.Clock), new Random(1), null);
        return async (payload, context) =>
        {
            var answer = await function.InvokeAsync(payload, context.Deadline - organization.Clock.GetUtcNow(), context.Killed);
            if (answer.Length == 0 || JsonNode.Parse(answer) is not JsonObject report || !report.ContainsKey("outcome")) return answer;
            var restrictions = await RestrictionsAsync(organization, environment.Variables["BUDGETSYNC_ACCOUNT_ID"]);
            report["restrictions"] = new JsonArray([.. restrictions.Select(id => new JsonObject { ["id"] = id, ["state"] = "InForce" })]);
            return System.Text.Encoding.UTF8.GetBytes(report.ToJsonString());
        };
    });

    /// <summary>The ids of the restrictions in an account's parameter.</summary>
    public static async Task<List<string>> RestrictionsAsync(DeployedOrganization organization, string account)
    {
        using var clients = organization.As(account);
        try
        {
            var answer = await clients.OwnSystems.GetParameterAsync(new GetParameterRequest { Name = "/BudgetSync/Budgets" });
            var read = ParameterDocument.Parse(
                answer.Parameter.Value,
                AccountId.Parse(account),
                new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", null));
            return read is ParsedDocument.Read asked ? [.. asked.Restrictions.Select(restriction => restriction.Id)] : [];
        }
        catch (ParameterNotFoundException)
        {
            return [];
        }
    }
}
