using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Collect;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;
using Moq;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Collect;

public sealed class ReportCollectorTests
{
    private readonly Mock<IAmazonEventBridge> bus = new();

    public ReportCollectorTests() =>
        bus.Setup(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PutEventsResponse { FailedEntryCount = 0 });

    [Fact]
    public async Task A_report_of_the_desired_revision_makes_the_account_Applied()
    {
        await using var world = await PropagatedAsync();
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision!;

        await CollectAsync(world, Success(Alpha, Reported(revision, 1)));

        Assert.Equal((AccountState.Applied, revision), (await world.StatusAsync(Alpha)) is var row ? (row.State, row.AppliedRevision) : default);
    }

    [Fact]
    public async Task A_report_about_another_account_changes_nothing()
    {
        await using var world = await PropagatedAsync();
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision!;
        var before = await world.StatusAsync(Alpha);

        await CollectAsync(world, Success(Beta, Reported(revision, 1, claims: Alpha)));

        Assert.Equal(before, await world.StatusAsync(Alpha));
        Assert.Null(await world.Status.ReadAsync(Beta, CancellationToken.None));
    }

    [Fact]
    public async Task A_crash_without_a_report_is_Failed_with_its_error()
    {
        await using var world = await PropagatedAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await CollectAsync(world, """
            {"source":"lambda","detail-type":"Lambda Function Invocation Result - Failure","account":"111111111111","time":"2026-03-02T10:01:00Z",
             "detail":{"requestContext":{"condition":"RetriesExhausted"},"responseContext":{"functionError":"Unhandled"},"responsePayload":{"errorType":"Boom","errorMessage":"it broke"}}}
            """);

        var row = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Failed, row.State);
        Assert.Contains("Boom: it broke", Assert.Single(row.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_report_never_overwrites_a_newer_one()
    {
        await using var world = await PropagatedAsync();
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision!;
        await CollectAsync(world, Success(Alpha, Reported(revision, 1, at: "2026-03-02T10:00:00.5Z")));
        var newer = await world.StatusAsync(Alpha);

        await CollectAsync(world, Success(Alpha, Reported("0000000000000000", 1, at: "2026-03-02T09:59:00Z")));

        Assert.Equal(newer, await world.StatusAsync(Alpha));
    }

    [Fact]
    public async Task An_event_of_another_source_is_ignored()
    {
        await using var world = await PropagatedAsync();
        var before = await world.StatusAsync(Alpha);

        await CollectAsync(world, """{"source":"aws.health","detail-type":"x","account":"111111111111","detail":{}}""");

        Assert.Equal(before, await world.StatusAsync(Alpha));
    }

    [Fact]
    public async Task A_budget_whose_spending_changes_state_is_told_to_the_bus_once()
    {
        await using var world = await PropagatedAsync();
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision!;
        var over = Success(
            Alpha,
            Reported(revision, 1, budgets: """[{"name":"SpokeAccountBudget","limit":1000,"unit":"USD","actualSpend":1050,"spendState":"Over"}]"""));

        await CollectAsync(world, over);
        await CollectAsync(world, over);

        bus.Verify(events => events.PutEventsAsync(
            It.Is<PutEventsRequest>(
                request => request.Entries.Count == 1
                    && request.Entries[0].DetailType == "BudgetSync Spend State Changed"
                    && request.Entries[0].EventBusName == "BudgetSync"
                    && request.Entries[0].Detail.Contains("\"after\":\"Over\"", StringComparison.Ordinal)),
            It.IsAny<CancellationToken>()), Times.Once);
    }

    private static async Task<World> PropagatedAsync()
    {
        var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        return world;
    }

    private async Task CollectAsync(World world, string json)
    {
        using var document = JsonDocument.Parse(json);
        await new ReportCollector(world.Status, bus.Object, "BudgetSync", SpendBounds.Default, world.Caller, world.Log, world.Clock).CollectAsync(
            document.RootElement,
            CancellationToken.None);
    }

    private static string Reported(string revision, long version, string? claims = null, string at = "2026-03-02T10:00:00.001Z", string budgets = "[]") =>
        $$"""{ {{(claims is null ? "" : $"\"accountId\":\"{claims}\",")}}"revision":"{{revision}}","parameterVersion":{{version}},"outcome":"Applied","at":"{{at}}","budgets":{{budgets}}}""";

    private static string Success(string account, string report) =>
        "{\"source\":\"lambda\",\"detail-type\":\"Lambda Function Invocation Result - Success\"," +
        $"\"account\":\"{account}\",\"time\":\"2026-03-02T10:00:01Z\",\"detail\":{{\"responsePayload\":{report}}}}}";
}
