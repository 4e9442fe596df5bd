using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Tests.Commands.Responses;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Billing;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>Metered against billed, by Cost Explorer and by a report.</summary>
public sealed class AiCompareTests : IDisposable
{
    private const string Account = RestrictionBed.Account;

    private static readonly DateOnly Day = new(2026, 11, 4);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");

    [Fact]
    public async Task Cost_Explorer_is_asked_twice_for_an_account_and_mantle_is_blind()
    {
        await using var bed = await BedAsync();
        bed.Cloud.Costs.SetSpend(Account, Day, day => day != Day ? [] :
        [
            new CostLine("Amazon Bedrock", "Usage", 12) { UsageType = "USE1-NovaPro-input-tokens" },
            new CostLine("Amazon Bedrock", "Usage", 7) { UsageType = "USE1-NovaPro-input-tokens-mantle" },
            new CostLine("Amazon Bedrock", "Credit", -5) { UsageType = "USE1-NovaPro-input-tokens" },
            new CostLine("Amazon Elastic Compute Cloud - Compute", "Usage", 100),
        ]);

        var run = await bed.RunAsync(200, ["ai", "compare", "--yes"]);

        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.Contains("Cost Explorer was asked 2 times, $0.02.", run.Error, StringComparison.Ordinal);
        Assert.Matches($"{Account} +amazon\\.nova-pro-v1:0 +12\\.00 +12\\.00 +0\\.00", run.Out);
        var csv = await bed.RunAsync("ai", "compare", "--yes", "--csv");
        Assert.StartsWith("account,first,last,model,meteredUsd,billedUsd,differenceUsd\n", csv.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"{Account},2026-10-26,2026-11-08,amazon.nova-pro-v1:0,12,12,0", csv.Out, StringComparison.Ordinal);
        Assert.Contains("12.00 USD metered, 19.00 USD billed. Blind: bedrock-mantle is used.", run.Out, StringComparison.Ordinal);
        Assert.Contains("7.00 USD are billed for bedrock-mantle", run.Out, StringComparison.Ordinal);
        Assert.Equal(4, bed.Cloud.CostExplorer.Requests.Values.Sum());
    }

    /// <summary>Neither metered nor billed: one request, no heading without a line, and nothing wider than the screen.</summary>
    [Fact]
    public async Task Where_there_is_nothing_it_is_said_within_the_screen_and_without_a_table()
    {
        await using var bed = await RestrictionBed.CreateAtAsync(RestrictionBed.Now);
        await bed.Status.StepAsync(
            Account,
            row => StatusChange.Metered(row, Account, new AiReport(RestrictionBed.Now.AddMinutes(-5)), RestrictionBed.Now) with { Meters = true },
            CancellationToken.None);

        var run = await bed.RunAsync(80, ["ai", "compare", "--yes"]);
        var check = await bed.RunAsync(80, ["ai", "check"]);

        Assert.Contains("Cost Explorer was asked 1 time, $0.01.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("METERED", run.Out, StringComparison.Ordinal);
        Assert.Contains("0.00 USD metered", run.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.All((run.Out + check.Out).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Nothing_is_paid_for_without_a_yes_and_no_more_than_is_allowed()
    {
        await using var bed = await BedAsync();
        bed.Cloud.Costs.SetSpend(Account, Day, _ => [new CostLine("Amazon Bedrock", "Usage", 1)]);

        var unasked = await bed.RunAsync("ai", "compare");
        Assert.NotEqual(ExitCode.Done, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Empty(bed.Cloud.CostExplorer.Requests);

        var capped = await bed.RunAsync("ai", "compare", "--yes", "--requests", "1");
        Assert.Equal(ExitCode.Failed, capped.ExitCode);
        Assert.Contains("Cost Explorer was asked 1 times, which is all that --requests allows", capped.Error, StringComparison.Ordinal);
        Assert.Equal(1, bed.Cloud.CostExplorer.Requests.Values.Sum());
    }

    /// <summary>The columns of both forms (Data Exports user guide).</summary>
    [Theory]
    [InlineData(
        "identity/LineItemId,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,"
            + "lineItem/UnblendedCost,product/ProductName",
        false)]
    [InlineData(
        "identity_line_item_id,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_usage_type,"
            + "line_item_unblended_cost,product_servicename",
        true)]
    public async Task A_report_is_read_and_Cost_Explorer_is_not_asked(string heading, bool packed)
    {
        await using var bed = await BedAsync();
        var file = Write(
            $"""
            {heading}
            a,{Account},Usage,2026-11-04T00:00:00Z,AmazonBedrock,USE1-NovaPro-input-tokens,11.5,Amazon Bedrock
            b,{Account},Tax,2026-11-04T00:00:00Z,AmazonBedrock,,3,Amazon Bedrock
            c,{Account},Usage,2026-11-04T00:00:00Z,AmazonEC2,BoxUsage,50,Amazon Elastic Compute Cloud
            d,222233334444,Usage,2026-11-04T00:00:00Z,AmazonBedrock,USE1-NovaPro-input-tokens,9,Amazon Bedrock
            e,{Account},Usage,2026-11-11T00:00:00Z,AmazonBedrock,USE1-NovaPro-input-tokens,9,Amazon Bedrock
            """,
            packed);

        var run = await bed.RunAsync("ai", "compare", Account, "--bill", file, "--json");

        var found = Assert.Single(JsonNode.Parse(run.Out)!.AsArray())!;
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal((12m, 11.5m, "2026-11-08"), ((decimal)found["metered"]!, (decimal)found["billed"]!, found["last"]!.ToString()));
        Assert.Empty(bed.Cloud.CostExplorer.Requests);
    }

    [Theory]
    [InlineData("a,b\n1,2", "is no Cost and Usage Report")]
    [InlineData(
        "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UnblendedCost\n"
            + "1,Usage,soon,AmazonBedrock,x,much",
        "line 2: 1, soon, much are no account, day and cost")]
    public async Task A_file_that_is_no_report_is_refused_with_why(string text, string why)
    {
        await using var bed = await BedAsync();

        var run = await bed.RunAsync("ai", "compare", "--bill", Write(text, packed: false));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_whether_or_not_anything_was_metered()
    {
        await using var bed = await RestrictionBed.CreateAsync();

        var run = await bed.RunAsync("ai", "compare", "--bill", Path.Combine(folder.FullName, "none.csv"));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("none.csv: cannot be read: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string text, bool packed)
    {
        var path = Path.Combine(folder.FullName, packed ? "bill.csv.gz" : "bill.csv");
        using var file = File.Create(path);
        using Stream stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static async Task<RestrictionBed> BedAsync()
    {
        var bed = await RestrictionBed.CreateAtAsync(RestrictionBed.Now);
        var report = new AiReport(RestrictionBed.Now.AddMinutes(-5)) { Days = [new AiDayCost(Day, "amazon.nova-pro-v1:0", 12) { Calls = 4 }] };
        await bed.Status.StepAsync(
            Account, row => StatusChange.Metered(row, Account, report, RestrictionBed.Now) with { Meters = true }, CancellationToken.None);
        return bed;
    }
}
