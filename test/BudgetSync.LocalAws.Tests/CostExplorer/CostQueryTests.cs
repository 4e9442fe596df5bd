namespace BudgetSync.LocalAws.Tests.CostExplorer;

public sealed class CostQueryTests
{
    private const string Service = "{'Dimensions':{'Key':'SERVICE','Values':['AWS Lambda']}}";
    private readonly CostExplorerTestBed bed = new();

    [Theory]
    [InlineData("2026-05-02", "2026-05-02", "Start date (and hour) should be before end date (and hour)")]
    [InlineData("2026-05-21", "2026-05-22", "Start date must be equal to or no later than the current date")]
    [InlineData("2026-05-20", "2026-06-02", "end date past the beginning of next month is not supported")]
    [InlineData("2025-03-31", "2026-05-02", "You haven't enabled historical data beyond 14 months")]
    [InlineData("2026-02-30", "2026-05-02", "Start time 2026-02-30 is invalid. Valid format is: yyyy-MM-dd.")]
    [InlineData("2026-05-01T00:00:00Z", "2026-05-02", "Start time 2026-05-01T00:00:00Z is invalid. Valid format is: yyyy-MM-dd.")]
    public async Task A_time_that_cannot_be_asked_about_is_refused(string start, string end, string message) =>
        Assert.Equal(("ValidationException", message), await bed.RefusalAsync(start, end));

    [Theory]
    [InlineData("2026-05-20", "2026-06-01")]
    [InlineData("2025-04-01", "2025-04-02")]
    public async Task The_first_and_the_last_day_that_can_be_asked_about_are_answered(string start, string end) =>
        Assert.NotEmpty(await bed.ResultsAsync(start, end));

    [Theory]
    [InlineData(",'GroupBy':[{'Type':'DIMENSION','Key':'SERVICE'},{'Type':'DIMENSION','Key':'REGION'},{'Type':'DIMENSION','Key':'RECORD_TYPE'}]")]
    [InlineData(",'GroupBy':[{'Type':'DIMENSION','Key':'SERVICE'},{'Type':'DIMENSION','Key':'SERVICE'}]")]
    [InlineData(",'GroupBy':[{'Type':'DIMENSION','Key':'COLOUR'}]")]
    [InlineData(",'GroupBy':[{'Type':'TAG','Key':'team'}]")]
    [InlineData(",'GroupBy':[{'Key':'SERVICE'}]")]
    [InlineData(",'Metrics':[]")]
    [InlineData(",'Colour':'red'")]
    public async Task Groups_metrics_and_members_that_are_not_known_are_refused(string more) =>
        Assert.Equal("ValidationException", (await bed.RefusalAsync("2026-05-01", "2026-05-02", more)).Code);

    [Theory]
    [InlineData("{}")]
    [InlineData("{'And':[" + Service + "]}")]
    [InlineData("{'Not':" + Service + ",'Dimensions':{'Key':'SERVICE','Values':['a']}}")]
    [InlineData("{'Dimensions':{'Key':'SERVICE','Values':[]}}")]
    [InlineData("{'Dimensions':{'Values':['a']}}")]
    [InlineData("{'Dimensions':{'Key':'LINKED_ACCOUNT_NAME','Values':['a']}}")]
    [InlineData("{'Dimensions':{'Key':'SERVICE','Values':['a'],'MatchOptions':['STARTS_WITH']}}")]
    [InlineData("{'Dimensions':{'Key':'SERVICE','MatchOptions':['ABSENT']}}")]
    [InlineData("{'Tags':{'Key':'team','Values':['a'],'MatchOptions':['ABSENT']}}")]
    public async Task A_filter_that_Cost_Explorer_does_not_take_is_refused(string filter) =>
        Assert.Equal("ValidationException", (await bed.RefusalAsync("2026-05-01", "2026-05-02", $",'Filter':{filter}")).Code);

    [Fact]
    public async Task A_filter_has_at_most_100_values_together()
    {
        var filter = (int values) =>
        {
            var accounts = string.Join(',', Enumerable.Range(0, values - 1).Select(number => $"'{number:D12}'"));
            return $",'Filter':{{'And':[{{'Not':{Service}}},{{'Dimensions':{{'Key':'LINKED_ACCOUNT','Values':[{accounts}]}}}}]}}";
        };

        await bed.AskAsync("2026-05-01", "2026-05-02", filter(100));

        Assert.Equal("ValidationException", (await bed.RefusalAsync("2026-05-01", "2026-05-02", filter(101))).Code);
    }

    [Fact]
    public async Task Hours_are_refused()
    {
        var (code, message) = await bed.RefusalAsync("2026-05-01", "2026-05-02", granularity: "HOURLY");

        Assert.Equal("ValidationException", code);
        Assert.Contains("Hourly", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_needs_its_period_granularity_and_metrics()
    {
        var (code, message) = await bed.RefusalOfAsync("{}");

        Assert.Equal("ValidationException", code);
        Assert.All(["timePeriod", "granularity", "metrics"], member => Assert.Contains(member, message, StringComparison.Ordinal));
    }

    [Fact]
    public void IAM_is_asked_for_GetCostAndUsage_on_everything()
    {
        var need = Assert.Single(bed.Cloud.CostExplorer.Find("GetCostAndUsage")!.Needs(null!));

        Assert.Equal(("ce:GetCostAndUsage", "*"), (need.Action, need.Resource));
    }
}
