using BudgetSync.LocalAws.CostExplorer;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Tests.CostExplorer.CostExplorerTestBed;

namespace BudgetSync.LocalAws.Tests.CostExplorer;

public sealed class CostAndUsageTests
{
    private const string WithoutCredit = ",'Filter':{'Not':{'Dimensions':{'Key':'RECORD_TYPE','Values':['Credit','Refund']}}}";
    private readonly CostExplorerTestBed bed = new();

    [Fact]
    public async Task Days_are_answered_up_to_the_end_which_is_not_counted()
    {
        var results = await bed.ResultsAsync("2026-04-29", "2026-05-02");

        Assert.Equal(["2026-04-29 72.0000000000", "2026-04-30 72.0000000000", "2026-05-01* 172.0000000000"], results.Select(Short));
    }

    [Fact]
    public async Task What_is_not_known_yet_is_missing_and_an_amount_may_be_negative()
    {
        // At half past ten, two and a half hours of today are known.
        Assert.Equal(
            ["2026-05-19* 72.0000000000", "2026-05-20* 7.5000000000", "2026-05-21* 0.0000000000"],
            (await bed.ResultsAsync("2026-05-19", "2026-05-22")).Select(Short));
        Assert.Equal(
            ["2026-05-05* 111122223333=-476.0000000000 222233334444=48.0000000000"],
            (await bed.ResultsAsync("2026-05-05", "2026-05-06", By("LINKED_ACCOUNT"))).Select(Short));
    }

    [Fact]
    public async Task Groups_come_with_their_keys_and_a_period_without_any_has_none()
    {
        var answer = await bed.AskAsync("2026-05-01", "2026-05-22", By("LINKED_ACCOUNT", "RECORD_TYPE"));
        var results = answer["ResultsByTime"]!.AsArray();

        Assert.Equal(
            "2026-05-01* 111122223333/Support=100.0000000000 111122223333/Usage=24.0000000000 222233334444/Usage=48.0000000000",
            Short(results[0]!));
        Assert.Equal("2026-05-21*", Short(results[20]!));
        Assert.Equal(
            """[{"Type":"DIMENSION","Key":"LINKED_ACCOUNT"},{"Type":"DIMENSION","Key":"RECORD_TYPE"}]""", answer["GroupDefinitions"]!.ToJsonString());
        Assert.Equal(
            """[{"Value":"111122223333","Attributes":{"description":"payments"}},{"Value":"222233334444","Attributes":{"description":"222233334444"}}]""",
            answer["DimensionValueAttributes"]!.ToJsonString());
    }

    [Fact]
    public async Task A_month_is_answered_as_far_as_it_is_asked_about()
    {
        var results = await bed.ResultsAsync("2026-03-30", "2026-06-01", WithoutCredit, "MONTHLY");

        // Two days of March; April's 30 days and its support; of May 458.5 hours at 3 an hour, and its support.
        Assert.Equal(["2026-03-30 144.0000000000", "2026-04-01 2260.0000000000", "2026-05-01* 1475.5000000000"], results.Select(Short));
        Assert.Equal("2026-04-01", results[0]["TimePeriod"]!["End"]!.ToString());
    }

    [Fact]
    public async Task A_months_amounts_are_estimated_until_its_bill_is_final()
    {
        bed.Clock.SetUtcNow(new(2026, 6, 5, 23, 59, 59, TimeSpan.Zero));
        Assert.StartsWith("2026-05-01*", Short((await bed.ResultsAsync("2026-05-01", "2026-05-02"))[0]), StringComparison.Ordinal);

        bed.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.StartsWith("2026-05-01 ", Short((await bed.ResultsAsync("2026-05-01", "2026-05-02"))[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'Dimensions':{'Key':'LINKED_ACCOUNT','Values':['222233334444']}}", "48.0000000000")]
    [InlineData("{'Dimensions':{'Key':'SERVICE','Values':['AWS Lambda','Amazon Simple Storage Service']}}", "18.0000000000")]
    [InlineData(
        "{'And':[{'Not':{'Dimensions':{'Key':'RECORD_TYPE','Values':['Support']}}},{'Dimensions':{'Key':'LINKED_ACCOUNT','Values':['111122223333']}}]}",
        "24.0000000000")]
    [InlineData(
        "{'Or':[{'Dimensions':{'Key':'RECORD_TYPE','Values':['Support']}},{'Dimensions':{'Key':'LINKED_ACCOUNT','Values':['222233334444']}}]}",
        "148.0000000000")]
    [InlineData("{'Tags':{'Key':'team','Values':['a']}}", "0.0000000000")]
    [InlineData("{'Tags':{'Key':'team','MatchOptions':['ABSENT']}}", "172.0000000000")]
    public async Task A_filter_counts_what_it_means(string filter, string amount) =>
        Assert.Equal(
            $"2026-05-01* {amount}",
            Short((await bed.ResultsAsync("2026-05-01", "2026-05-02", $",'Filter':{filter}")).Single()));

    [Fact]
    public async Task Every_metric_of_cost_is_the_same_and_those_of_usage_are_refused()
    {
        var total = (await bed.ResultsAsync("2026-05-01", "2026-05-02", ",'Metrics':['UnblendedCost','NetAmortizedCost']")).Single()["Total"]!;

        Assert.Equal(
            """{"UnblendedCost":{"Amount":"172.0000000000","Unit":"USD"},"NetAmortizedCost":{"Amount":"172.0000000000","Unit":"USD"}}""",
            total.ToJsonString());
        Assert.Equal("ValidationException", (await bed.RefusalAsync("2026-05-01", "2026-05-02", ",'Metrics':['UsageQuantity']")).Code);
    }

    [Fact]
    public async Task Only_the_payer_may_ask_unless_members_may_ask_about_themselves()
    {
        var open = new CostExplorerTestBed(new CostExplorerOptions { MembersMayAsk = true });

        Assert.Equal(
            ("AccessDeniedException", "User not enabled for cost explorer access"),
            await bed.RefusalAsync("2026-05-01", "2026-05-02", account: First));
        var own = (await open.AskAsync("2026-05-02", "2026-05-03", account: First))["ResultsByTime"]![0]!;
        Assert.Equal("2026-05-02* 24.0000000000", Short(own));
    }

    [Fact]
    public async Task Each_answered_request_is_counted_by_day_and_a_refused_one_is_not()
    {
        await bed.AskAsync("2026-05-01", "2026-05-02");
        await bed.AskAsync("2026-05-01", "2026-05-02");
        await bed.RefusalAsync("2026-05-02", "2026-05-01");
        bed.Clock.Advance(TimeSpan.FromDays(1));
        await bed.AskAsync("2026-05-01", "2026-05-02");

        Assert.Equal([(20, 2), (21, 1)], bed.Cloud.CostExplorer.Requests.OrderBy(day => day.Key).Select(day => (day.Key.Day, day.Value)));
        Assert.Equal(0.03m, bed.Cloud.CostExplorer.Requests.Values.Sum() * CostExplorerService.PricePerRequest);
    }

    [Fact]
    public async Task The_errors_of_a_bad_day_come_from_the_fault_plan()
    {
        AwsException[] errors = [CostExplorerErrors.LimitExceeded(), CostExplorerErrors.DataUnavailable(), CostExplorerErrors.BillExpiration()];
        var day = new Queue<AwsException>(errors);
        bed.Cloud.Faults.OnCalls(call => call.Service == "ce" && day.TryDequeue(out var error) ? new Fault.Refusal(error) : null);

        foreach (var error in errors) Assert.Equal(error.Code, (await bed.RefusalAsync("2026-05-01", "2026-05-02")).Code);
        await bed.AskAsync("2026-05-01", "2026-05-02");

        Assert.Equal(1, bed.Cloud.CostExplorer.Requests.Values.Single());
    }
}
