using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>The stack Report as it is deployed: the hourly page in its bucket, and the widget that shows what is kept of it.</summary>
public sealed class ReportTests
{
    private const string Page = "report.html";
    private const string Lines = "report.json";
    private static readonly HtmlParser Parser = new();

    [Fact]
    public async Task Every_hour_the_page_of_all_accounts_is_put_into_the_bucket_over_the_one_before()
    {
        await using var organization = await DeployedAsync();

        await organization.PassAsync(TimeSpan.FromHours(2));

        var pages = organization.Cloud.S3.Versions(BucketOf(organization), Page);
        Assert.Equal(2, pages.Count);
        Assert.Equal("text/html; charset=utf-8", pages[0].ContentType);
        var page = Parser.ParseDocument(Encoding.UTF8.GetString(pages[^1].Body.Span));
        var row = page.QuerySelectorAll("#budgets tbody tr")
            .Single(line => line.Children[0].TextContent.StartsWith(DeployedOrganization.Spoke, StringComparison.Ordinal));
        // The account, and what it may spend by its row.
        Assert.Equal(("Main", "1,500 USD", "1,200"), (row.Children[2].TextContent, row.Children[3].TextContent, row.Children[4].TextContent));
        Assert.Contains("Budgets of o-local00000", page.Title, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("details .spent"));
    }

    [Fact]
    public async Task A_page_is_made_without_a_write_but_into_the_bucket()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Calls.Clear();

        await organization.PassAsync(TimeSpan.FromHours(1));

        var calls = organization.Cloud.Calls.Calls.Where(call => call.Call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Report", StringComparison.Ordinal));
        Assert.Equal(
            [
                "dynamodb:Query", "dynamodb:Scan", "organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent",
                "organizations:ListRoots", "s3:GetObject", "s3:PutObject",
            ],
            calls.Select(call => $"{call.Call.Service}:{call.Call.Operation}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_month_cost_is_put_there_for_each_unit_once_a_day_while_it_settles_and_then_no_more()
    {
        await using var organization = await DeployedAsync();
        var unit = $"showback/2026-03/{organization.Members}";

        // From the second of March to the twentieth of April.
        await organization.PassAsync(TimeSpan.FromDays(49));

        var bucket = BucketOf(organization);
        var written = organization.Cloud.S3.Versions(bucket, $"{unit}.csv");
        Assert.Equal(10, written.Count);
        Assert.Equal(10, organization.Cloud.S3.Versions(bucket, $"{unit}.html").Count);
        Assert.Equal(8, organization.Cloud.S3.Versions(bucket, "showback/2026-02/all.csv").Count);
        Assert.Contains(
            $"2026-03,Members,{DeployedOrganization.Spoke},spoke,Main,budget,USD,1500.00,1200.00,80.0,-300.00,OnTarget",
            Encoding.UTF8.GetString(written[^1].Body.Span),
            StringComparison.Ordinal);
        Assert.Equal("text/csv; charset=utf-8", written[^1].ContentType);
        var index = organization.Cloud.S3.Versions(bucket, "showback/2026-03/index.json")[^1];
        Assert.Contains(organization.Members, Encoding.UTF8.GetString(index.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_showback_whose_writer_died_is_written_whole_by_the_next_hour()
    {
        await using var organization = await DeployedAsync();
        var refused = 0;
        organization.Cloud.Faults.OnCalls(call =>
            call.Operation == "PutObject" && call.Input["Key"]?.ToString().EndsWith(".csv", StringComparison.Ordinal) is true && ++refused <= 8
                ? new Fault.Refusal(new AwsException("AccessDenied", "no", 403))
                : null);

        await organization.PassAsync(TimeSpan.FromDays(1));

        Assert.True(refused >= 8);
        Assert.NotEmpty(organization.Cloud.S3.Versions(BucketOf(organization), "showback/2026-02/index.json"));
        Assert.NotEmpty(organization.Cloud.S3.Versions(BucketOf(organization), "showback/2026-02/all.csv"));
        Assert.NotEmpty(organization.Cloud.S3.Versions(BucketOf(organization), Page));
    }

    [Fact]
    public async Task The_widget_shows_what_the_last_hour_wrote_and_its_age_and_asks_for_no_account()
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromHours(1));
        organization.Clock.Advance(TimeSpan.FromMinutes(25));
        organization.Cloud.Calls.Clear();

        var widget = Parser.ParseDocument(Html(await InvokeAsync(organization, Context())));

        Assert.Contains("25 minutes ago", widget.QuerySelector("header")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("1,500 USD", widget.QuerySelector("#budgets tbody")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("arn:aws:lambda:us-east-1:999999999999:function:BudgetSync-Report", widget.QuerySelector("cwdb-action")?.GetAttribute("endpoint"));
        // CloudWatch takes an action's element as belonging to the one before it.
        Assert.Equal("Search", widget.QuerySelector("cwdb-action")?.PreviousElementSibling?.TextContent);
        Assert.Equal(["s3:GetObject"], CallsOfReport(organization));
    }

    [Fact]
    public async Task A_page_that_no_hour_has_followed_says_so()
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromHours(1));
        var busy = new AwsException("SlowDown", "Reduce your request rate.", 503);
        organization.Cloud.Faults.OnCalls(call => call.Operation == "PutObject" ? new Fault.Refusal(busy) : null);
        await organization.PassAsync(TimeSpan.FromHours(5));

        var widget = Parser.ParseDocument(Html(await InvokeAsync(organization, Context())));

        Assert.Contains("5 hours ago", widget.QuerySelector("header")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("has not been written since", widget.QuerySelector(".doubt")?.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"forms":{"all":{"search":"MAIN"}},"params":{"search":"other"}}""", 1)]
    [InlineData("""{"forms":{"all":{}},"params":{"search":"other"}}""", 0)]
    [InlineData("""{"forms":{"all":{"search":""}}}""", 2)]
    public async Task A_search_of_the_form_goes_before_the_parameter_of_the_widget(string context, int lines)
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromHours(1));

        var widget = Parser.ParseDocument(Html(await InvokeAsync(organization, $$"""{"widgetContext":{{context}} }""")));

        Assert.Equal(lines, widget.QuerySelectorAll("#budgets tbody tr").Length);
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task The_consoles_theme_is_the_widgets(string theme)
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromHours(1));

        var widget = Parser.ParseDocument(Html(await InvokeAsync(organization, $$"""{"widgetContext":{"theme":"{{theme}}"} }""")));

        Assert.Equal($"widget {theme}", widget.QuerySelector(".widget")?.ClassName);
    }

    [Fact]
    public async Task Before_the_first_page_the_widget_says_that_there_is_none()
    {
        await using var organization = await DeployedAsync();

        Assert.Contains("There is no page yet", Html(await InvokeAsync(organization, Context())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_is_answered_with_Markdown_and_makes_no_call()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Calls.Clear();

        var answer = await InvokeAsync(organization, """{"describe":true}""");

        Assert.StartsWith("### Budgets", (string)answer["markdown"]!, StringComparison.Ordinal);
        Assert.Empty(CallsOfReport(organization));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"not a page\"")]
    [InlineData("{\"lines\":[{}]}")]
    [InlineData("<html>")]
    public async Task Lines_that_cannot_be_read_are_no_page(string kept)
    {
        await using var organization = await DeployedAsync();
        using var clients = organization.As(DeployedOrganization.Management);
        await clients.Objects.PutObjectAsync(
            new() { BucketName = BucketOf(organization), Key = Lines, ContentBody = kept, UseChunkEncoding = false });

        Assert.Contains("There is no page yet", Html(await InvokeAsync(organization, Context())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stack_can_go_and_the_pages_of_before_stay()
    {
        await using var organization = await DeployedAsync();
        await organization.PassAsync(TimeSpan.FromHours(1));
        var bucket = BucketOf(organization);

        await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(DeployedOrganization.Management, "BudgetSync-Report"));

        Assert.Single(organization.Cloud.S3.Versions(bucket, Page));
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Single(organization.Cloud.S3.Versions(bucket, Page));
    }

    /// <summary>With a row and a look behind it, before the first page.</summary>
    internal static async Task<DeployedOrganization> DeployedAsync(Templates? templates = null)
    {
        var organization = new DeployedOrganization(templates ?? Templates.AsCommitted);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{DeployedOrganization.Spoke}}","BudgetName":"Main","BudgetValue":1500}""");
        organization.Cloud.Budgets.SetSpend(DeployedOrganization.Spoke, "Main", 1200);
        await organization.PassAsync(TimeSpan.FromHours(25));
        await organization.DeployReportAsync();
        return organization;
    }

    internal static string BucketOf(DeployedOrganization organization) =>
        organization.Cloud.CloudFormation.Find(DeployedOrganization.Management, "us-east-1", "BudgetSync-Report")!.Outputs["PageBucket"];

    internal static async Task<JsonNode> InvokeAsync(DeployedOrganization organization, string payload)
    {
        var answer = await organization.UntilDoneAsync(organization.CallAsync(
            organization.Cloud.Lambda,
            DeployedOrganization.Management,
            "Invoke",
            new JsonObject { ["FunctionName"] = "BudgetSync-Report", ["Payload"] = payload }));
        return JsonNode.Parse((string)answer["Payload"]!)!;
    }

    internal static string Context() =>
        """{"widgetContext":{"dashboardName":"BudgetSync-Money","widgetId":"widget-1","theme":"light","forms":{"all":{}},"params":{}}}""";

    private static string Html(JsonNode answer) => answer.GetValue<string>();

    private static IEnumerable<string> CallsOfReport(DeployedOrganization organization) => organization.Cloud.Calls.Calls
        .Where(call => call.Call.Caller.PrincipalArn.EndsWith("role/BudgetSync-Report", StringComparison.Ordinal))
        .Select(call => $"{call.Call.Service}:{call.Call.Operation}")
        .Distinct();
}
