using BudgetSync.Aws.Faults;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>One run of Apply restricts at a time (RESPONSES.md, "One run at a time").</summary>
public sealed class RestrictionLeaseTests
{
    /// <summary>
    /// A run that struck out of the journal what it had detached, after another one had written it down anew and before that attached it, left it to a person.
    /// </summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_last_document_denies_wherever_the_second_run_comes_between_the_calls_of_the_first(bool first, bool second)
    {
        foreach (var before in new[] { false, true })
        {
            var calls = await RunAsync(before, first, second, int.MaxValue);
            for (var call = 1; call <= calls; call++) await RunAsync(before, first, second, call);
        }
    }

    /// <summary>Lambda has ended it after the 300 seconds of its function.</summary>
    [Fact]
    public async Task A_run_that_died_holds_up_the_others_for_five_minutes_and_no_longer()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        await WriteAsync(world, RunLease.Begin("dead"), "BudgetSync-Apply");
        Later(world, 299);

        var held = await Assert.ThrowsAsync<AwsFaultException>(() => ApplyAsync(world));

        Assert.Equal((FaultKind.Retry, "LeaseHeld"), (held.Fault.Kind, held.Fault.Code));
        Assert.Equal(
            "ssm:PutParameter answered LeaseHeld: another run of Apply restricts or gives back in this account (/BudgetSync/Lease); this one goes on when that "
                + "has ended, 5 minutes after it began at the latest",
            held.Fault.Reason);
        Assert.False(HasDenyNew(world, "developer"));
        Later(world, 1);
        await ApplyAsync(world);
        Assert.True(HasDenyNew(world, "developer"));
    }

    [Fact]
    public async Task What_anybody_else_writes_there_holds_up_nobody()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        await WriteAsync(world, RunLease.Begin("theirs"), "administrator");

        await ApplyAsync(world);

        Assert.True(HasDenyNew(world, "developer"));
    }

    /// <summary>A run that AWS refused something is over as any other.</summary>
    [Fact]
    public async Task A_run_that_ends_with_an_exception_holds_up_nobody()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        world.Cloud.Faults.OnCalls(call => call.Operation == "ListEntitiesForPolicy" ? new Fault.Refusal(new AwsException("ServiceFailure", "", 500)) : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => ApplyAsync(world));
        world.Cloud.Faults.Reset();

        await ApplyAsync(world);

        Assert.True(HasDenyNew(world, "developer"));
    }

    [Theory]
    [InlineData("another type")]
    [InlineData("the advanced tier")]
    [InlineData("a pattern")]
    [InlineData("a label on the oldest version")]
    public async Task A_parameter_in_its_place_keeps_nobody_from_being_bound_and_freed(string what)
    {
        await using var world = await CreateAsync();
        if (what is not "another type") await AppliedTwiceAsync(world);
        await OwnParameter.ObstructAsync(world, RunLease.ParameterName, what);
        await RestrictAsync(world, DenyNew);

        await ApplyAsync(world);

        Assert.True(HasDenyNew(world, "developer"));
        await RestrictAsync(world);
        await ApplyAsync(world);
        Assert.False(HasDenyNew(world, "developer"));
    }

    private static async Task AppliedTwiceAsync(World world)
    {
        await RestrictAsync(world, DenyNew);
        await ApplyAsync(world);
        await RestrictAsync(world);
        await ApplyAsync(world);
    }

    /// <returns>How many calls the first run made.</returns>
    private static async Task<int> RunAsync(bool before, bool first, bool second, int between)
    {
        await using var world = await CreateAsync();
        await SetAsync(before);
        await ApplyAsync(world);
        await SetAsync(first);
        var calls = 0;
        world.Cloud.Faults.OnCalls(_ =>
        {
            if (++calls == between) RunSecond();
            return null;
        });
        await ApplyAsync(world);
        var made = calls;
        world.Cloud.Faults.Reset();
        if (between > made) return made;
        await ApplyAsync(world);

        Assert.True(HasDenyNew(world, "developer") == second, $"{before}, {first}, {second} before call {between}");
        await SetAsync(false);
        await ApplyAsync(world);
        Assert.False(HasDenyNew(world, "developer"), $"{before}, {first}, {second} before call {between}, lifted");
        return made;

        Task SetAsync(bool denies) => denies ? RestrictAsync(world, DenyNew) : RestrictAsync(world);

        void RunSecond()
        {
            SetAsync(second).GetAwaiter().GetResult();
            try
            {
                ApplyAsync(world).GetAwaiter().GetResult();
            }
            catch (AwsFaultException held)
            {
                Assert.Equal("LeaseHeld", held.Fault.Code);
            }
        }
    }

    private static async Task WriteAsync(World world, string text, string role)
    {
        using var writer = world.As(Alpha, role);
        await writer.OwnSystems.PutParameterAsync(new() { Name = RunLease.ParameterName, Value = text, Type = "String", Overwrite = true });
    }
}
