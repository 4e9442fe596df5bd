using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CostExplorer.Anomalies;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>AWS Cost Explorer: what the accounts cost (<see cref="LocalCloud.Costs"/>), for the payer to ask, at a price for each page.</summary>
public sealed class CostExplorerService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<DateOnly, int> requests = new();
    private readonly Lock gate = new();
    private (string Mark, IReadOnlyList<CostReport.Row> Rows) newest = ("", []);

    internal CostExplorerService(LocalCloud cloud)
        : base("ce", WireProtocol.Json11, "AWSInsightsIndexService")
    {
        this.cloud = cloud;
        Anomalies = new CostAnomalyDetection(cloud);
        Operation("GetCostAndUsage", CostExplorerShapes.GetCostAndUsage, _ => [new IamRequest("ce:GetCostAndUsage", "*")], GetCostAndUsage);
    }

    public CostAnomalyDetection Anomalies { get; }

    /// <summary>What each request costs, and each page is one (AWS Cost Explorer pricing).</summary>
    public static decimal PricePerRequest => 0.01m;

    /// <summary>Requests that were answered with data, by UTC day.</summary>
    public IReadOnlyDictionary<DateOnly, int> Requests => requests;

    private CostExplorerOptions Options => cloud.Options.CostExplorer;

    private DateTimeOffset Now => cloud.Time.GetUtcNow();

    private JsonObject GetCostAndUsage(AwsCall call)
    {
        if (!Options.MembersMayAsk && call.AccountId != cloud.Options.ManagementAccountId) throw CostExplorerErrors.NotEnabled();
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var query = CostQuery.Read(call.Input, Options, today);
        var begin = CostPage.Begin(call.Input);
        var unit = cloud.Options.Budgets.CurrencyOf(cloud.Options.ManagementAccountId);
        var report = new CostReport(query, cloud.Costs, call.AccountId, unit, Now, Options.BillFinalAfter);
        var rows = RowsOf(report, call.Input, begin);
        var page = rows.Skip(begin).Take(Options.GroupsPerPage).ToList();
        requests.AddOrUpdate(today, 1, (_, count) => count + 1);
        var answer = new JsonObject
        {
            ["ResultsByTime"] = report.Write(page),
            ["DimensionValueAttributes"] = Attributes(query, page),
        };
        if (query.GroupBy.Count > 0)
            answer["GroupDefinitions"] = new JsonArray([.. query.GroupBy.Select(key => new JsonObject { ["Type"] = "DIMENSION", ["Key"] = key })]);
        if (begin + page.Count < rows.Count) answer["NextPageToken"] = CostPage.Token(call.Input, begin + page.Count);
        return answer;
    }

    /// <summary>Pages of one request are of one report, as far as they follow each other; a first page is computed anew.</summary>
    private IReadOnlyList<CostReport.Row> RowsOf(CostReport report, JsonObject input, int begin)
    {
        var mark = CostPage.Mark(input);
        lock (gate)
        {
            if (begin > 0 && newest.Mark == mark) return newest.Rows;
            newest = (mark, report.Rows());
            return newest.Rows;
        }
    }

    /// <summary>The names of the accounts on a page.</summary>
    private JsonArray Attributes(CostQuery query, IEnumerable<CostReport.Row> page)
    {
        var place = query.GroupBy.ToList().IndexOf("LINKED_ACCOUNT");
        if (place < 0) return [];
        var accounts = page.Select(row => row.Keys?[place]).OfType<string>().Distinct(StringComparer.Ordinal);
        return [.. accounts.Select(account => new JsonObject
        {
            ["Value"] = account,
            ["Attributes"] = new JsonObject { ["description"] = cloud.Organizations.NameOf(account) ?? account },
        })];
    }
}
