using System.Text.Json;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>Neither runs that wait or die nor SSM in trouble keep an account from being restricted and given back.</summary>
public sealed class LeaseTroubleTests
{
    private const string Own = "BudgetSync-Apply";

    /// <summary>Systems Manager user guide, "Working with parameter versions": a hundred are kept. What a run that works has begun by stays there.</summary>
    [Fact]
    public async Task Runs_that_wait_write_nothing()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        await WriteAsync(world, RunLease.Begin("alive"), Own);
        var before = await VersionsAsync(world);
        for (var run = 0; run < 4; run++) Assert.NotNull(await ApplyAsync(world));

        Assert.Equal(before, await VersionsAsync(world));
        await WriteAsync(world, RunLease.End("alive"), Own);
        Assert.Null(await ApplyAsync(world));
        Assert.True(HasDenyNew(world, "developer"));
    }

    [Theory]
    [InlineData("GetParameterHistory")]
    [InlineData("PutParameter")]
    public async Task A_run_that_fails_before_its_work_holds_up_nobody(string operation)
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        var writes = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutParameter" && call.Input["Name"]?.ToString() == RunLease.ParameterName) writes++;
            return writes > 0 && call.Operation == operation ? new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded", 400)) : null;
        });
        Assert.NotNull(await ApplyAsync(world));
        world.Cloud.Faults.Reset();

        Assert.Null(await ApplyAsync(world));
        Assert.True(HasDenyNew(world, "developer"));
    }

    /// <summary>SSM API reference, PutParameter: an account has 10,000 standard parameters; and a service control policy may forbid it.</summary>
    [Theory]
    [InlineData("ParameterLimitExceeded", "PutParameter")]
    [InlineData("AccessDeniedException", "PutParameter")]
    [InlineData("AccessDeniedException", "GetParameterHistory")]
    public async Task Where_the_lease_cannot_be_written_or_read_what_is_lifted_is_given_back(string code, string operation)
    {
        await using var world = await AppliedAsync();
        await RestrictAsync(world);
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = RunLease.ParameterName });
        world.Cloud.Faults.OnCalls(call => call.Operation == operation && call.Input["Name"]?.ToString() == RunLease.ParameterName
            ? new Fault.Refusal(new AwsException(code, "no", 400))
            : null);

        Assert.Null(await ApplyAsync(world));
        Assert.False(HasDenyNew(world, "developer"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_seen_of_budgets_is_told_while_another_run_has_it(bool look)
    {
        await using var world = await AppliedAsync();
        await WriteAsync(world, RunLease.Begin("alive"), Own);
        List<Report> told = [];

        await Assert.ThrowsAsync<AwsFaultException>(() => look
            ? world.Look(Alpha, Given, told).LookAsync(Asked("""{"look":true}"""), CancellationToken.None)
            : world.Apply(Alpha, restrictions: Given, unfinished: told).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None));

        var report = Assert.Single(told);
        Assert.NotEmpty(report.Budgets);
        Assert.Null(report.Restrictions);
        Assert.Contains("another run of Apply restricts", string.Join("; ", report.Reasons), StringComparison.Ordinal);
    }

    /// <summary>
    /// Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation": again after a minute, and after two more.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(299)]
    public async Task Lambdas_three_tries_outlast_a_run_that_died(int seconds)
    {
        await using var world = await AppliedAsync();
        await RestrictAsync(world);
        await WriteAsync(world, RunLease.Begin("dead"), Own);
        Later(world, seconds);
        foreach (var pause in new[] { 0, 60, 120 })
        {
            Later(world, pause);
            if (await ApplyAsync(world) is null) break;
        }

        Assert.False(HasDenyNew(world, "developer"));
    }

    [Fact]
    public async Task Somebody_else_may_be_faster_to_delete_what_is_in_its_place()
    {
        await using var world = await AppliedAsync();
        await RestrictAsync(world);
        await OwnParameter.ObstructAsync(world, RunLease.ParameterName, "the advanced tier");
        var isGone = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "DeleteParameter" || isGone) return null;
            isGone = true;
            world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = RunLease.ParameterName }).GetAwaiter().GetResult();
            return null;
        });

        Assert.Null(await ApplyAsync(world));
        Assert.False(HasDenyNew(world, "developer"));
    }

    [Fact]
    public async Task The_first_run_of_an_account_waits_for_nothing()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);

        Assert.Null(await ApplyAsync(world));
        Assert.Empty(world.Clock.Waits);
    }

    /// <summary>A document that comes every quarter of a minute, for an hour, after a run that died.</summary>
    [Fact]
    public async Task Runs_that_come_one_after_the_other_keep_nobody_out()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        await WriteAsync(world, RunLease.Begin("dead"), Own);
        var done = 0;
        for (var run = 0; run < 240; run++)
        {
            Later(world, 15);
            if (await ApplyAsync(world) is null) done++;
        }

        // But those of the first five minutes.
        Assert.InRange(done, 230, 239);
        Assert.True(HasDenyNew(world, "developer"));
    }

    private static LookRequest Asked(string json) => LookRequest.TryParse(JsonDocument.Parse(json).RootElement)!; // Not null: it is one.

    /// <returns>What it ended with; null where it ended well.</returns>
    private static async Task<Exception?> ApplyAsync(World world)
    {
        var ended = await Record.ExceptionAsync(() => DeniedAccount.ApplyAsync(world));
        CatchUp(world);
        return ended;
    }

    private static async Task<int> VersionsAsync(World world) =>
        (await world.As(Alpha).OwnSystems.GetParameterHistoryAsync(new() { Name = RunLease.ParameterName, MaxResults = 50 })).Parameters.Count;

    private static async Task WriteAsync(World world, string text, string role)
    {
        using var writer = world.As(Alpha, role);
        await writer.OwnSystems.PutParameterAsync(new() { Name = RunLease.ParameterName, Value = text, Type = "String", Overwrite = true });
    }
}
