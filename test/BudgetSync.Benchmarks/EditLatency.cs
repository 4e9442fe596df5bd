using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Benchmarks;

/// <summary>
/// From a row's edit to the UpdateBudget in the spoke, in an organization of 1,000 accounts without simulated latency: what our own code and the local
/// AWS take. One edit at a time, as people make them.
/// </summary>
internal static class EditLatency
{
    private const int Accounts = 1_000;
    private const int Edits = 500;
    private const int GoalMilliseconds = 250;

    public static async Task<int> RunAsync()
    {
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse("999999999999"));
        await using var cloud = new LocalCloud();
        var ids = Enumerable.Range(0, Accounts).Select(index => (200_000_000_000 + index).ToString(CultureInfo.InvariantCulture)).ToList();
        await using var organization = await LocalOrganization.CreateAsync(cloud, defaults, ids, [], LocalOrganization.UseCodeInProcess);
        using var clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "999999999999", ["AWS_SECRET_ACCESS_KEY"] = "local" },
            cloud.CreateHandler());
        await new RowWriter(clients.Dynamo, cloud.Time).WriteAsync([.. ids.Select(id => Row(id, 100))], CancellationToken.None);
        await cloud.Work.WhenIdleAsync();
        await Console.Error.WriteLineAsync($"{cloud.Calls.Count("budgets", "CreateBudget")} budgets made; {Edits} edits follow");

        var random = new Random(1);
        var milliseconds = new List<double>();
        for (var edit = 0; edit < Edits; edit++)
        {
            var id = ids[random.Next(ids.Count)];
            cloud.Calls.Clear();
            var began = cloud.Time.GetUtcNow();
            await clients.Dynamo.PutItemAsync(
                new PutItemRequest { TableName = LocalOrganization.BudgetsTable, Item = RowImageMapper.Item(Row(id, 101 + edit).Image) });
            await cloud.Work.WhenIdleAsync();
            var update = cloud.Calls.Calls.Single(call => call.Call is { Service: "budgets", Operation: "UpdateBudget" } && call.Call.AccountId == id);
            milliseconds.Add((update.At - began).TotalMilliseconds);
        }

        milliseconds.Sort();
        var p99 = milliseconds[(int)(Edits * 0.99)];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Accounts} accounts, {Edits} edits: p50 {milliseconds[Edits / 2]:0.0} ms, p99 {p99:0.0} ms, slowest {milliseconds[^1]:0.0} ms (goal: "
                    + $"p99 below {GoalMilliseconds} ms)"));
        return p99 < GoalMilliseconds ? 0 : 1;
    }

    private static RowEntry Row(string id, int limit)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        attributes["AccountId"] = new RowValue.Text(id);
        attributes["BudgetValue"] = new RowValue.Number(limit.ToString(CultureInfo.InvariantCulture));
        return new RowEntry(new RowImage(attributes.ToImmutable()), "made up", []);
    }
}
