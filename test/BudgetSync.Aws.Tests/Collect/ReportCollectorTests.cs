using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Collect;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
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
             "detail":{"requestContext":{"condition":"RetriesExhausted"},"responseContext":{"functionError":"Unhandled"},"responsePayload":{"errorType":"Boom",
             "errorMessage":"it broke"}}}
            """);

        var row = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Failed, row.State);
        Assert.Contains("Boom: it broke", Assert.Single(row.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_spoke_tells_of_its_models_is_kept_and_changes_nothing_else()
    {
        await using var world = await PropagatedAsync();
        var before = await world.StatusAsync(Alpha);
        var report = AiReportJson.Format(new AiReport(World.Start.AddMinutes(-1)) { ActiveKeys = 3 });

        await CollectAsync(world, Success(Alpha, report));
        await CollectAsync(world, Success(Alpha, AiReportJson.Format(new AiReport(World.Start.AddMinutes(-2)) { ActiveKeys = 4 })));

        var after = await world.StatusAsync(Alpha);
        Assert.Equal(3, after.Ai?.ActiveKeys);
        Assert.Equal(before, after with { Ai = null, ItemVersion = before.ItemVersion });
    }

    [Fact]
    public async Task A_Meter_that_crashed_says_nothing_of_the_accounts_budgets()
    {
        await using var world = await PropagatedAsync();
        var before = await world.StatusAsync(Alpha);

        await CollectAsync(world, """
            {"source":"lambda","detail-type":"Lambda Function Invocation Result - Failure","account":"111111111111","time":"2026-03-02T10:01:00Z",
             "detail":{"requestContext":{"condition":"RetriesExhausted",
             "functionArn":"arn:aws:lambda:us-east-1:111111111111:function:BudgetSync-Meter:$LATEST"},
             "responseContext":{"functionError":"Unhandled"},"responsePayload":{"errorType":"Boom","errorMessage":"it broke"}}}
            """);

        Assert.Equal(before, await world.StatusAsync(Alpha));
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

    [Fact]
    public async Task A_change_of_state_is_told_after_all_where_the_bus_failed_after_the_row_was_written()
    {
        await using var world = await PropagatedAsync();
        var over = await OverAsync(world);
        bus.Setup(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonEventBridgeException("killed") { ErrorCode = "AccessDeniedException" });
        await Assert.ThrowsAnyAsync<Exception>(() => CollectAsync(world, over));
        Assert.Equal(SpendState.Over, (await world.StatusAsync(Alpha)).Budgets[0].SpendState);
        bus.Reset();
        bus.Setup(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new PutEventsResponse());

        await CollectAsync(world, over);
        await CollectAsync(world, over);

        bus.Verify(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()), Times.Once);
        Assert.Empty((await world.StatusAsync(Alpha)).Untold);
    }

    [Fact]
    public async Task An_event_that_the_bus_refused_waits_for_the_next_report()
    {
        await using var world = await PropagatedAsync();
        bus.Setup(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PutEventsResponse { FailedEntryCount = 1, Entries = [new PutEventsResultEntry { ErrorCode = "InternalFailure" }] });

        await CollectAsync(world, await OverAsync(world));

        Assert.Single((await world.StatusAsync(Alpha)).Untold);
    }

    [Fact]
    public async Task A_look_that_crashed_says_nothing_of_the_account()
    {
        await using var world = await PropagatedAsync();
        var before = await world.StatusAsync(Alpha);

        await CollectAsync(world, """
            {"source":"lambda","detail-type":"Lambda Function Invocation Result - Failure","account":"111111111111","time":"2026-03-02T10:01:00Z",
             "detail":{"requestPayload":{"look":true},"responseContext":{"functionError":"Unhandled"},"responsePayload":{"errorType":"Boom"}}}
            """);

        Assert.Equal(before, await world.StatusAsync(Alpha));
    }

    [Fact]
    public async Task A_look_at_an_account_without_a_status_makes_none()
    {
        await using var world = await PropagatedAsync();

        await CollectAsync(world, Success(Beta, """{"outcome":"Looked","at":"2026-03-02T10:00:00Z","budgets":[{"name":"A","limit":1,"unit":"USD"}]}"""));

        Assert.Null(await world.Status.ReadAsync(Beta, CancellationToken.None));
    }

    private static async Task<string> OverAsync(World world) => Success(
        Alpha,
        Reported(
            (await world.StatusAsync(Alpha)).DesiredRevision!,
            1,
            budgets: """[{"name":"SpokeAccountBudget","limit":1000,"unit":"USD","actualSpend":1050,"spendState":"Over"}]"""));

    [Fact]
    public async Task A_deployed_spoke_with_something_open_is_due_and_asked_for_once_in_five_minutes()
    {
        await using var world = await BlockedAsync();

        await CollectAsync(world, Deployed(Alpha, "2026-03-02T10:10:00Z"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await CollectAsync(world, Deployed(Alpha, "2026-03-02T10:11:00Z"));

        bus.Verify(events => events.PutEventsAsync(
            It.Is<PutEventsRequest>(request => request.Entries.Single().Detail == """{"accounts":["111111111111"]}"""),
            It.IsAny<CancellationToken>()), Times.Once);
        Assert.Equal(world.Clock.GetUtcNow(), (await world.StatusAsync(Alpha)).NextAttemptAt);

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await CollectAsync(world, Deployed(Alpha, "2026-03-02T10:16:00Z"));

        bus.Verify(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task A_release_to_spokes_that_have_what_their_rows_ask_for_asks_for_no_reconcile()
    {
        await using var world = await PropagatedAsync();
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision!;

        await CollectAsync(world, Success(Alpha, Reported(revision, 1), requestType: "Update"));

        Assert.Equal(AccountState.Applied, (await world.StatusAsync(Alpha)).State);
        bus.Verify(events => events.PutEventsAsync(It.IsAny<PutEventsRequest>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task A_request_to_reconcile_that_a_missing_bus_swallowed_is_taken_up_by_the_next_hourly_reconcile()
    {
        await using var world = await BlockedAsync();
        world.AddRole(Alpha);
        // A bus that does not exist answers like this too: an EventId, and no failure.
        await CollectAsync(world, Deployed(Alpha, "2026-03-02T10:10:00Z"));

        await world.Reconciler.ReconcileAsync([], false, TimeSpan.FromMinutes(10), CancellationToken.None);

        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
    }

    [Fact]
    public async Task Reconciles_of_spokes_just_deployed_ask_the_organization_nothing()
    {
        await using var world = await World.CreateAsync();
        var ids = Enumerable.Range(0, 50).Select(number => $"4000000000{number:00}").ToArray();
        foreach (var id in ids)
        {
            world.Cloud.Organizations.AddAccount(id, "new");
            await world.PutRowAsync(id, ("BudgetValue", Number("300")));
        }

        await world.Reconciler.ReconcileAsync([], false, TimeSpan.FromHours(1), CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        world.Cloud.Calls.Clear();
        foreach (var id in ids)
        {
            world.AddRole(id);
            await CollectAsync(world, Deployed(id, "2026-03-02T10:10:00Z"));
            await world.Reconciler.ReconcileAsync([AccountId.Parse(id)], false, TimeSpan.FromMinutes(10), CancellationToken.None);
        }

        Assert.Equal(ids.Length, world.Cloud.Calls.Count("ssm", "PutParameter"));
        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Service == "organizations");
    }

    /// <summary>An edit that found no role in the account, so its next try is due in an hour or a day.</summary>
    private static async Task<World> BlockedAsync()
    {
        var world = await World.CreateAsync(Alpha, Beta);
        world.Cloud.Iam.DeleteRole(Alpha, "BudgetSyncSpokeRole");
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        for (var round = 0; round < 8; round++)
        {
            await world.Reconciler.ReconcileAsync([], true, TimeSpan.FromMinutes(10), CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True((await world.StatusAsync(Alpha)).NextAttemptAt > world.Clock.GetUtcNow() + TimeSpan.FromHours(10));
        return world;
    }

    /// <summary>The first apply of a new stack: there is no parameter yet.</summary>
    private static string Deployed(string account, string at) =>
        Success(account, $$"""{"parameterVersion":0,"outcome":"Pending","reasons":["no parameter"],"at":"{{at}}"}""", requestType: "Create");

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
        await new ReportCollector(
            world.Status,
            bus.Object,
            "BudgetSync",
            new HistoryKeeper(null, world.Log),
            SpendBounds.Default,
            world.Caller,
            world.Log,
            world.Clock).CollectAsync(document.RootElement, CancellationToken.None);
    }

    private static string Reported(string revision, long version, string? claims = null, string at = "2026-03-02T10:00:00.001Z", string budgets = "[]") =>
        $$"""{ {{(claims is null ? "" : $"\"accountId\":\"{claims}\",")}}"r"""
            + $$"""evision":"{{revision}}","parameterVersion":{{version}},"outcome":"Applied","at":"{{at}}","budgets":{{budgets}}}""";

    private static string Success(string account, string report, string? requestType = null) =>
        "{\"source\":\"lambda\",\"detail-type\":\"Lambda Function Invocation Result - Success\"," +
        $"\"account\":\"{account}\",\"time\":\"2026-03-02T10:00:01Z\",\"detail\":{{\"requestPayload\":{{\"RequestType\":\"{requestType}\"}},"
        + $"\"responsePayload\":{report}}}}}";
}
