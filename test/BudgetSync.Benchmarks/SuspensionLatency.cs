using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BudgetSync.Aws.Clients;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Benchmarks;

/// <summary>
/// From the record of a call that uses a budget up to the policy that suspends its role, as IAM attached it, by the clock and without simulated latency: what
/// our own code and the local AWS take. The row has no grace, so that nothing is waited for. One role after the other, those of an account within its ten
/// suspensions an hour.
/// </summary>
internal static class SuspensionLatency
{
    private const int Accounts = 10;
    private const int RolesOfAccount = 10;

    /// <summary>Issue 15: from record to suspension, at zero latency.</summary>
    private const int GoalMilliseconds = 5_000;

    private const string Model = "amazon.nova-pro-v1:0";

    private static readonly PolicyDocument Trust = PolicyDocument.Parse(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}}""");

    private static readonly PolicyDocument Models = PolicyDocument.Parse(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");

    public static async Task<int> RunAsync()
    {
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse("999999999999"));
        await using var cloud = new LocalCloud();
        cloud.Organizations.EnableServiceControlPolicies();
        var ids = Enumerable.Range(0, Accounts).Select(index => (200_000_000_000 + index).ToString(CultureInfo.InvariantCulture)).ToList();
        await using var organization = await LocalOrganization.CreateAsync(
            cloud, defaults, ids, [], LocalOrganization.UseCodeInProcess, LocalFeature.Ai);
        using var clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "999999999999", ["AWS_SECRET_ACCESS_KEY"] = "local" },
            cloud.CreateHandler());
        await new RowWriter(clients.Dynamo, cloud.Time).WriteAsync([.. ids.Select(Row)], CancellationToken.None);
        await cloud.Work.WhenIdleAsync();

        var milliseconds = new List<double>();
        foreach (var number in Enumerable.Range(0, RolesOfAccount))
        {
            foreach (var id in ids)
            {
                var name = $"Team{number}";
                var definition = new RoleDefinition(name, Trust);
                var role = cloud.Iam.PutRole(id, definition with { Inline = definition.Inline.Add("Models", Models) });
                cloud.Calls.Clear();
                var began = cloud.Time.GetUtcNow();
                var session = new Caller(id, role.Arn, $"arn:aws:sts::{id}:assumed-role/{name}/notebook");
                await cloud.Bedrock.InvokeAsync(new ModelCall(session, Model, 2_000_000, 0));
                await cloud.Work.WhenIdleAsync();
                if (cloud.Iam.FindRole(id, name)?.Definition.ManagedPolicyArns is not [var attached]
                    || !attached.EndsWith(":policy/BudgetSync/SuspendModels", StringComparison.Ordinal))
                {
                    await Console.Error.WriteLineAsync($"{name} of {id} has spent its budget and is not suspended.");
                    return 1;
                }

                var suspended = cloud.Calls.Calls.Single(
                    call => call.Call is { Service: "iam", Operation: "AttachRolePolicy" } && call.Call.AccountId == id);
                milliseconds.Add((suspended.At - began).TotalMilliseconds);
            }
        }

        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds.Count} suspensions in {Accounts} accounts: p50 {milliseconds[milliseconds.Count / 2]:0.0} ms, slowest {milliseconds[^1]:0.0} ms "
                + $"from the record to the attached policy (goal: below {GoalMilliseconds} ms)"));
        return milliseconds[^1] < GoalMilliseconds ? 0 : 1;
    }

    /// <summary>A million tokens in are $0.80: each role's call is $1.60 of one dollar.</summary>
    private static RowEntry Row(string id)
    {
        using var document = JsonDocument.Parse(
            $$"""
            {"AccountId":"{{id}}","BudgetValue":100,"Ai":{"Default":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED","Shared":true} } }
            """);
        var attributes = document.RootElement.EnumerateObject()
            .ToImmutableSortedDictionary(member => member.Name, member => RowJson.Read(member.Value), StringComparer.Ordinal);
        return new RowEntry(new RowImage(attributes), "made up", []);
    }
}
