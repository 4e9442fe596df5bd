using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Spokes;

public sealed class SpokeParameterTests
{
    private const string NoDowngrade =
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.";

    [Fact]
    public async Task A_parameter_that_was_once_advanced_takes_a_short_document_and_the_release()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.As(Alpha).OwnSystems.PutParameterAsync(
            new PutParameterRequest { Name = World.Parameter, Value = new string('9', 5000), Type = "String", Tier = "Advanced" });
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("OnDelete", Text("RETAIN")));

        Assert.Null(await world.PropagateAsync(Alpha));
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
        await world.DeleteRowAsync(Alpha);
        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
        Assert.Equal<string?>(["Intelligent-Tiering", "Intelligent-Tiering"], TiersAsked(world));
    }

    [Fact]
    public async Task Where_intelligent_tiering_would_take_an_advanced_parameter_back_the_advanced_tier_is_asked_for()
    {
        await using var world = await World.CreateAsync(Alpha);
        world.Cloud.Faults.OnCalls(call => call.Operation == "PutParameter" && call.Input["Tier"]?.ToString() != "Advanced"
            ? new Fault.Refusal(new AwsException("ValidationException", NoDowngrade))
            : null);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
        Assert.Equal<string?>(["Intelligent-Tiering", "Advanced"], TiersAsked(world));
    }

    /// <summary>What somebody else wrote frees models and restrictions of the account, for it is not the hub's word, though it is the hub's text.</summary>
    [Fact]
    public async Task A_parameter_that_somebody_deleted_and_made_anew_with_the_same_text_is_written_again()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        Assert.Null(await world.PropagateAsync(Alpha));
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1001")));
        Assert.Null(await world.PropagateAsync(Alpha));
        var text = (await world.ParameterAsync(Alpha))!.Value;
        var own = world.As(Alpha).OwnSystems;
        await own.DeleteParameterAsync(new DeleteParameterRequest { Name = World.Parameter });
        await own.PutParameterAsync(new PutParameterRequest { Name = World.Parameter, Value = text, Type = "String" });

        Assert.Null(await world.PropagateAsync(Alpha));
        Assert.Null(await world.PropagateAsync(Alpha));

        // Two for the edits, the one somebody made, and one more of ours.
        Assert.Equal(4, Puts(world).Count());
        Assert.Equal(2, (await world.StatusAsync(Alpha)).ParameterVersion);
    }

    /// <summary>Somebody made it by hand, before us or instead of ours: it cannot be written over, and goes.</summary>
    [Theory]
    [InlineData("StringList", null)]
    [InlineData("String", "^nothing$")]
    public async Task A_parameter_of_another_type_or_pattern_is_made_anew(string type, string? pattern)
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        Assert.Null(await world.PropagateAsync(Alpha));
        await ReplaceAsync(world, type, pattern);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1001")));

        Assert.Null(await world.PropagateAsync(Alpha));

        var status = await world.StatusAsync(Alpha);
        var parameter = (await world.ParameterAsync(Alpha))!;
        Assert.Equal((AccountState.Propagated, 1, "String"), (status.State, status.ParameterVersion, parameter.Type.Value));
        Assert.Contains("1001", parameter.Value, StringComparison.Ordinal);
    }

    /// <summary>Who labels the oldest of the hundred versions that AWS keeps has it refuse another, for good.</summary>
    [Fact]
    public async Task A_parameter_whose_oldest_version_has_a_label_is_made_anew()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        Assert.Null(await world.PropagateAsync(Alpha));
        await world.LabelOldestAsync(Alpha);

        await world.Reconciler.ReconcileAsync([], true, TimeSpan.FromMinutes(10), CancellationToken.None);

        var status = await world.StatusAsync(Alpha);
        Assert.Equal((AccountState.Propagated, 1), (status.State, status.ParameterVersion));
        Assert.Contains("1000", (await world.ParameterAsync(Alpha))!.Value, StringComparison.Ordinal);
    }

    /// <summary>The stack of such a spoke is older: what to do by hand is in the runbook under the error of the write.</summary>
    [Fact]
    public async Task Where_it_may_not_be_deleted_the_account_is_Blocked_by_what_refused_the_write()
    {
        await using var world = await World.CreateAsync(Alpha);
        await ReplaceAsync(world, "StringList", null);
        world.Cloud.Faults.OnCalls(call => call.Operation == "DeleteParameter"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "not you", 400))
            : null);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));

        Assert.Null(await world.PropagateAsync(Alpha));

        var status = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Blocked, status.State);
        Assert.Contains("HierarchyTypeMismatch", string.Join(' ', status.Reasons), StringComparison.Ordinal);
    }

    private static async Task ReplaceAsync(World world, string type, string? pattern)
    {
        var own = world.As(Alpha).OwnSystems;
        if (await world.ParameterAsync(Alpha) is not null) await own.DeleteParameterAsync(new DeleteParameterRequest { Name = World.Parameter });
        await own.PutParameterAsync(new PutParameterRequest { Name = World.Parameter, Value = "nothing", Type = type, AllowedPattern = pattern });
    }

    [Fact]
    public async Task A_session_that_was_revoked_is_taken_anew_once()
    {
        await using var world = await World.CreateAsync(Alpha);
        var sessions = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "AssumeRole") Interlocked.Increment(ref sessions);
            return call.Service == "ssm" && Volatile.Read(ref sessions) < 2
                ? new Fault.Refusal(new AwsException("ExpiredTokenException", "The security token included in the request is expired"))
                : null;
        });
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal(2, sessions);
        Assert.NotNull(await world.DesiredAsync(Alpha));
    }

    [Fact]
    public async Task What_is_asked_again_differs_in_its_description_from_what_was_asked_before()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        for (var round = 0; round < 3; round++)
        {
            await world.Reconciler.ReconcileAsync([], true, TimeSpan.FromMinutes(10), CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var puts = Puts(world).ToList();
        Assert.Equal(3, puts.Count);
        Assert.Single(puts.Select(put => put.Input["Value"]!.ToString()).Distinct());
        Assert.Equal(3, puts.Select(put => put.Input["Description"]!.ToString()).Distinct().Count());
    }

    private static IEnumerable<string?> TiersAsked(World world) =>
        Puts(world).Where(put => put.Caller.IsRoot is false).Select(put => put.Input["Tier"]?.ToString());

    private static IEnumerable<AwsCall> Puts(World world) =>
        world.Cloud.Calls.Calls.Select(logged => logged.Call).Where(call => call.Operation == "PutParameter");
}
