using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.CostExplorer;

namespace BudgetSync.LocalAws.Tests.CostExplorer;

/// <summary>A payer on 20 May 2026 at half past ten, with two members that spend evenly since January: 24 and 48 a day.</summary>
internal sealed class CostExplorerTestBed
{
    public const string Payer = "999999999999";
    public const string First = "111122223333";
    public const string Second = "222233334444";

    private readonly Wire wire;

    public CostExplorerTestBed(CostExplorerOptions? options = null)
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Stepped = true, CostExplorer = options ?? new CostExplorerOptions() });
        wire = new Wire(Cloud, "AWSInsightsIndexService", "ce");
        Cloud.Organizations.AddAccount(First, "payments");
        Cloud.Costs.SetSpend(First, Even(24) with { FirstOfMonth = 100, MonthlyCredit = 500 });
        Cloud.Costs.SetSpend(Second, Even(48));
    }

    public FakeTimeProvider Clock { get; } = new(Api.Start);

    public LocalCloud Cloud { get; }

    public Task<JsonObject> AskAsync(string start, string end, string more = "", string granularity = "DAILY", string account = Payer) =>
        wire.CallAsync(account, "GetCostAndUsage", Input(start, end, granularity, more));

    public async Task<IReadOnlyList<JsonNode>> ResultsAsync(string start, string end, string more = "", string granularity = "DAILY") =>
        [.. (await AskAsync(start, end, more, granularity))["ResultsByTime"]!.AsArray().Select(result => result!)];

    public Task<(string Code, string Message)> RefusalAsync(string start, string end, string more = "", string granularity = "DAILY", string account = Payer) =>
        wire.RefusalAsync(account, "GetCostAndUsage", Input(start, end, granularity, more));

    public Task<(string Code, string Message)> RefusalOfAsync(string input) => wire.RefusalAsync(Payer, "GetCostAndUsage", input);

    /// <summary>One period in short: <c>2026-05-01 111122223333=124.0000000000</c>, with a star where it is estimated.</summary>
    public static string Short(JsonNode result)
    {
        var groups = result["Groups"]!.AsArray().Select(group => $" {string.Join('/', group!["Keys"]!.AsArray())}={Amount(group["Metrics"]!)}");
        var total = result["Total"]!.AsObject().Count == 0 ? "" : $" {Amount(result["Total"]!)}";
        return $"{result["TimePeriod"]!["Start"]}{(result["Estimated"]!.GetValue<bool>() ? "*" : "")}{total}{string.Concat(groups)}";
    }

    public static string By(params string[] keys) =>
        $",'GroupBy':[{string.Join(',', keys.Select(key => $"{{'Type':'DIMENSION','Key':'{key}'}}"))}]";

    private static SpendModel Even(decimal amount) => new(SpendBehaviour.Flat, amount, new(2026, 1, 1)) { Noise = 0, HasWeekdays = false };

    private static string Amount(JsonNode metrics) => metrics["UnblendedCost"]!["Amount"]!.GetValue<string>();

    private static string Input(string start, string end, string granularity, string more) =>
        $"{{'TimePeriod':{{'Start':'{start}','End':'{end}'}},'Granularity':'{granularity}'"
            + $"{(more.Contains("'Metrics'", StringComparison.Ordinal) ? "" : ",'Metrics':['UnblendedCost']")}{more}}}";
}
