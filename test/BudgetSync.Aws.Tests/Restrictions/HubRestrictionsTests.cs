using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using Moq;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>Only what the hub's role wrote into the parameter restricts or frees anybody.</summary>
public sealed class HubRestrictionsTests
{
    private static readonly DesiredRestriction DenyNew = new("r-000000000001", RestrictionKind.DENY_NEW, Start);
    private static readonly DesiredRestriction StopAll = new("r-000000000002", RestrictionKind.STOP_ALL, Start);

    [Fact]
    public async Task What_the_hub_wrote_last_is_asked_for_whatever_others_write_after_it()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.HubSetsParameterAsync(Alpha, Document(DenyNew));
        var (first, unsaid) = await ReadAsync(world);
        Assert.Equal([DenyNew], first);
        Assert.Null(unsaid);

        foreach (var text in new[] { "150", "no document", Document(), Document(DenyNew, StopAll), ParameterDocument.Released })
        {
            await world.SetParameterAsync(Alpha, text);

            var (asked, reason) = await ReadAsync(world);

            Assert.Equal([DenyNew], asked);
            Assert.Contains($"was written by arn:aws:iam::{Alpha}:root and not by BudgetSync", reason, StringComparison.Ordinal);
        }

        await world.HubSetsParameterAsync(Alpha, Document());
        var (lifted, untold) = await ReadAsync(world);
        Assert.True(lifted is { IsEmpty: true } && untold is null);
    }

    /// <summary>By them it is told what may not be given back yet; what others wrote was never carried out.</summary>
    [Fact]
    public async Task What_the_hub_asked_for_earlier_is_remembered()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.HubSetsParameterAsync(Alpha, Document(DenyNew, StopAll));
        Assert.False((await ReadAsync(world)).HasEarlier);
        await world.SetParameterAsync(Alpha, Document(StopAll with { Id = "r-000000000003" }));
        await world.HubSetsParameterAsync(Alpha, Document());

        var asked = await ReadAsync(world);
        Assert.True(asked.HasEarlier);
        Assert.Equal([DenyNew.Id, StopAll.Id], asked.History.Select(one => one.Id));
    }

    /// <summary>Names that begin like the role's, and the role of another account.</summary>
    [Theory]
    [InlineData("arn:aws:sts::111122223333:assumed-role/BudgetSyncSpokeRole2/BudgetSync")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/Other/BudgetSyncSpokeRole")]
    [InlineData("arn:aws:sts::444455556666:assumed-role/BudgetSyncSpokeRole/BudgetSync")]
    [InlineData("arn:aws-cn:sts::111122223333:assumed-role/BudgetSyncSpokeRole/BudgetSync")]
    [InlineData("arn:aws:iam::111122223333:role/BudgetSyncSpokeRole")]
    [InlineData("arn:aws:iam::111122223333:user/BudgetSyncSpokeRole")]
    [InlineData("")]
    public void No_other_author_is_the_hub(string author) =>
        Assert.False(new WrittenVersion("", 1, author).IsOf("aws", "111122223333", "BudgetSyncSpokeRole"));

    [Theory]
    [InlineData("arn:aws:sts::111122223333:assumed-role/BudgetSyncSpokeRole/BudgetSync")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/BudgetSyncSpokeRole")]
    public void Every_session_of_the_role_is_the_hub(string author) =>
        Assert.True(new WrittenVersion("", 1, author).IsOf("aws", "111122223333", "BudgetSyncSpokeRole"));

    /// <summary>Nothing is lifted then, and nothing begins.</summary>
    [Fact]
    public async Task Where_no_version_of_the_hub_is_left_what_is_in_force_stays()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.HubSetsParameterAsync(Alpha, Document(DenyNew));
        for (var number = 0; number < 100; number++) await world.SetParameterAsync(Alpha, $"{100 + number}");
        var flushed = await ReadAsync(world);

        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new DeleteParameterRequest { Name = World.Parameter });
        await world.SetParameterAsync(Alpha, Document(StopAll));
        var fresh = await ReadAsync(world);

        Assert.All([flushed, fresh], asked =>
        {
            Assert.Null(asked.Restrictions);
            Assert.EndsWith("what is in force stays until the hub writes again", asked.Reason, StringComparison.Ordinal);
        });
    }

    /// <summary>A report that nothing is restricted would have the hub take it for given back.</summary>
    [Fact]
    public async Task A_spoke_that_cannot_know_what_the_hub_asks_for_reports_Failed_and_tells_nothing_of_restrictions()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, Document(DenyNew));
        var settings = new RestrictionSettings(["DenyNew"], []) { HubRole = "BudgetSyncSpokeRole" };

        var applied = await world.Apply(Alpha, restrictions: settings).ApplyAsync(Trigger.Scheduled, CancellationToken.None);

        Assert.Equal(ReportOutcome.Failed, applied.Outcome);
        Assert.Null(applied.Restrictions);
        Assert.False(applied.IsCanonical);
        Assert.Contains(
            "what the hub asks to restrict is not known, because no version of the parameter that it wrote can be read; what is in force stays until the hub "
                + "writes again",
            applied.Reasons);
    }

    [Fact]
    public async Task A_history_that_is_behind_the_parameter_is_asked_again_later()
    {
        var systems = new Mock<IAmazonSimpleSystemsManagement>();
        systems.Setup(client => client.GetParameterHistoryAsync(It.IsAny<GetParameterHistoryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetParameterHistoryResponse { Parameters = [new() { Value = "1", Version = 6, LastModifiedUser = "arn" }] });
        await using var world = await World.CreateAsync(Alpha);

        var behind = await Assert.ThrowsAsync<AwsFaultException>(() => Hub(world, systems.Object).ReadAsync(7, CancellationToken.None));

        Assert.Equal((FaultKind.Retry, "HistoryBehind"), (behind.Fault.Kind, behind.Fault.Code));
    }

    private static async Task<AskedRestrictions> ReadAsync(World world)
    {
        using var own = world.As(Alpha);
        var parameter = await ParameterReader.ReadAsync(own.OwnSystems, World.Parameter, world.Caller, CancellationToken.None);
        return await Hub(world, own.OwnSystems).ReadAsync(parameter!.Version, CancellationToken.None); // It was just written.
    }

    private static HubRestrictions Hub(World world, IAmazonSimpleSystemsManagement systems) => new(
        new HubVersions(new WrittenVersions(systems, World.Parameter, world.Caller), "BudgetSyncSpokeRole", AccountId.Parse(Alpha), "aws"),
        AccountId.Parse(Alpha),
        Defaults,
        world.Log);

    private static string Document(params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", AccountId.Parse(Alpha), Defaults);
        return ParameterDocument.Format(read.Budgets, [.. restrictions]);
    }
}
