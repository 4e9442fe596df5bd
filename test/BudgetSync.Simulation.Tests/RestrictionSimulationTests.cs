using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Restrictions;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests;

/// <summary>
/// Worlds with responses, each from one seed: rows in earnest, approvals, snoozes, the kill switch, undo by hand, faults and killed functions.
/// <c>RESTRICTION_SEEDS=1000</c> runs more, and <c>RESTRICTION_SEED=123</c> beside it begins with that one.
/// </summary>
public sealed class RestrictionSimulationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int DefaultSeeds = 12;
    private const int LinesShown = 200000;

    /// <summary>Whoever looks at the end asks Organizations as often as AWS lets anybody, and a round may have asked in that very second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    [Fact]
    public void Every_world_ends_with_what_is_desired_in_force_and_nothing_else_whatever_goes_wrong()
    {
        var seeds = int.Parse(Environment.GetEnvironmentVariable("RESTRICTION_SEEDS") ?? $"{DefaultSeeds}", CultureInfo.InvariantCulture);
        var first = int.Parse(Environment.GetEnvironmentVariable("RESTRICTION_SEED") ?? "1", CultureInfo.InvariantCulture);
        var failures = Enumerable.Range(first, seeds).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Select(seed => (Seed: seed, Ended: WorldThread.Run(() => Run(seed)))).ToList();
        var wrong = failures.Where(failure => failure.Ended.Problem is not null).OrderBy(failure => failure.Seed).ToList();
        var deeds = WorldDeeds.Sum(failures.Select(failure => failure.Ended.Deeds));
        output.WriteLine($"{seeds} seeds, {wrong.Count} failures: {deeds}");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Take(3).Select(failure => $"Seed {failure.Seed}: {failure.Ended.Problem}")));
        // One world alone need not have all of it.
        if (seeds >= DefaultSeeds) Assert.Empty(deeds.Lacking(seeds));
    }

    /// <summary>Each rule finds a deed that breaks it: one of our roles is made to do it.</summary>
    [Theory]
    [InlineData("BudgetSync-Respond", "AttachPolicy", RestrictedWorld.Management, "the management account is never restricted")]
    [InlineData("BudgetSync-Respond", "AttachPolicy", RestrictedWorld.Watched, "nothing is restricted by WATCH")]
    [InlineData("BudgetSync-Respond", "AttachPolicy", RestrictedWorld.Tagged, "no account with the protect tag is restricted")]
    [InlineData("BudgetSync-Respond", "AttachPolicy", "222222222222", "no restriction without a ledger entry before it")]
    [InlineData("BudgetSync-Respond", "DetachPolicy", "222222222222", "undo touches only what the ledger says: this policy is not ours")]
    [InlineData("BudgetSync-Apply", "AttachRolePolicy", "BudgetSync-Apply", "an exempt role is never restricted")]
    [InlineData("BudgetSync-Apply", "AttachRolePolicy", "developer", "no restriction without a ledger entry before it")]
    [InlineData("BudgetSync-Apply", "DetachRolePolicy", "developer", "undo touches only what the ledger says: this policy is not ours")]
    [InlineData("BudgetSync-Apply", "DetachUserPolicy", "alice", "undo touches only what the ledger says: we did not attach this")]
    [InlineData("BudgetSync-Apply", "DetachUserPolicy", "personal", "undo touches only what the ledger says: a person attached this")]
    [InlineData("BudgetSync-Apply", "TerminateInstances", "i-1", "nothing is terminated or deleted")]
    [InlineData("BudgetSync-Apply", "StopDBInstance", "orders", "no restriction without a ledger entry before it")]
    [InlineData("BudgetSync-Apply", "StopNotebookInstance", "kept", "no resource with the protect tag is stopped")]
    [InlineData("BudgetSync-Apply", "UpdateService", "kept", "no resource with the protect tag is stopped")]
    [InlineData("BudgetSync-Apply", "StartDBInstance", "orders", "undo touches only what the ledger says: we did not stop this")]
    [InlineData("BudgetSync-Apply", "AttachUserPolicy", "alice", "nobody is bound whom no restriction means")]
    [InlineData("BudgetSyncSpokeRole", "PutParameter", "r-000000000001", "no restriction without a ledger entry before it")]
    public void A_deed_that_may_not_be_is_found(string role, string operation, string about, string rule)
    {
        using var world = new RestrictedWorld(1);
        var account = role == "BudgetSync-Respond" ? RestrictedWorld.Management : RestrictedWorld.Members[0];
        var arn = world.Cloud.Iam.FindRole(account, role)!.Arn; // The stack made it.
        var caller = new Caller(account, arn, $"{arn}/stolen");
        var input = operation switch
        {
            "AttachPolicy" => new JsonObject { ["PolicyId"] = world.Policies.Values.First(), ["TargetId"] = about },
            "DetachPolicy" => new JsonObject { ["PolicyId"] = "p-theirs00", ["TargetId"] = about },
            "AttachRolePolicy" => new JsonObject { ["RoleName"] = about, ["PolicyArn"] = $"arn:aws:iam::{account}:policy/BudgetSync/DenyNew" },
            "DetachRolePolicy" => new JsonObject { ["RoleName"] = about, ["PolicyArn"] = $"arn:aws:iam::{account}:policy/Theirs" },
            "PutParameter" => new JsonObject
            {
                ["Value"] = $$$"""{"Budgets":[],"Restrictions":[{"Id":"{{{about}}}","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z"}],"Version":1}""",
            },
            "DetachUserPolicy" => new JsonObject { ["UserName"] = "alice", ["PolicyArn"] = $"arn:aws:iam::{account}:policy/BudgetSync/DenyNew" },
            "AttachUserPolicy" => new JsonObject { ["UserName"] = about, ["PolicyArn"] = $"arn:aws:iam::{account}:policy/BudgetSync/DenyNew" },
            "StopDBInstance" or "StartDBInstance" => new JsonObject { ["DBInstanceIdentifier"] = about },
            "StopNotebookInstance" => new JsonObject { ["NotebookInstanceName"] = about },
            "UpdateService" => new JsonObject { ["cluster"] = "main", ["service"] = about, ["desiredCount"] = 0 },
            _ => new JsonObject(),
        };

        if (about == "personal")
        {
            // Apply has a journal by then, which does not have it.
            world.PutRow(new JsonObject { ["AccountId"] = account, ["BudgetValue"] = 100 });
            world.Driver.Live(TimeSpan.FromMinutes(5));
            world.Attachments.Change(new Attachment(account, "DenyNew", true, "alice"), attaches: true);
        }

        world.Guard.Before(new AwsCall("any", operation, caller, "us-east-1", input));

        Assert.Contains(world.Guard.Violations, violation => violation.StartsWith(rule, StringComparison.Ordinal));
    }

    /// <summary>What a person leaves behind is not overlooked: the end is looked at, and not only what was meant.</summary>
    [Fact]
    public void An_end_that_is_not_what_is_desired_is_found()
    {
        using var world = new RestrictedWorld(1);
        var ending = new RestrictionEndChecks(world);
        Assert.Empty(ending.Problems());
        var iam = world.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        world.Manual.Ask(world.Cloud.Ssm, RestrictedWorld.Members[0], "PutParameter", new JsonObject
        {
            ["Name"] = SimulatedWorld.Parameter,
            ["Value"] = "150",
            ["Type"] = "String",
        });
        var denial = $"arn:aws:iam::{RestrictedWorld.Members[0]}:policy/BudgetSync/DenyNew";

        world.Manual.Ask(iam, RestrictedWorld.Members[0], "AttachRolePolicy", new JsonObject { ["RoleName"] = "developer", ["PolicyArn"] = denial });
        var attached = new JsonObject { ["PolicyId"] = world.Policies.Values.First(), ["TargetId"] = RestrictedWorld.Members[1] };
        world.Manual.Ask(world.Cloud.Organizations, RestrictedWorld.Management, "AttachPolicy", attached);

        var left = world.Resources.All.First(resource => resource.Kind == StoppableKind.ContainerService);
        left.Tag(StopMark.Key, new StopMark("r-000000000001", SimulatedWorld.Start, "desired 2").Text);
        world.Cloud.Ecs.Resize(world.Cloud.Ecs.Services.First(service => service.Arn != left.Arn), 0);

        world.Driver.Advance(Pause);
        Assert.Equal(4, ending.Problems().ToList().Count);
    }

    private static (string? Problem, WorldDeeds? Deeds) Run(int seed)
    {
        var random = new Random(seed);
        using var world = new RestrictedWorld(seed);
        var edits = new RestrictionEdits(world, random);
        try
        {
            Disturb(world, edits, random);
            Calm(world, edits);
            var deeds = WorldDeeds.Of(world);
            List<string> problems = [.. new RestrictionEndChecks(world).Problems()];
            if (problems.Count > 0) return (Tell(world, $"In the end not all is well:\n  {string.Join("\n  ", problems)}"), deeds);
            // Nothing is asked for any more: everything is given back.
            foreach (var account in RestrictedWorld.Accounts)
                world.PutRow(new JsonObject { ["AccountId"] = account, ["BudgetValue"] = 100, ["Responses"] = new JsonArray() });
            world.Driver.Live(TimeSpan.FromHours(8));
            world.Driver.Advance(Pause);
            problems = [.. new RestrictionEndChecks(world).Problems()];
            problems.AddRange(RestrictedWorld.Accounts.Where(account => world.Row(account)?.Restrictions.Any(one => one.State.IsDesired) == true)
                .Select(account => $"{account} is restricted although no row asks for it"));
            return (problems.Count == 0 ? null : Tell(world, $"After the rows ask for nothing:\n  {string.Join("\n  ", problems)}"), deeds);
        }
        catch (WorldException violation)
        {
            return (Tell(world, violation.Message), null);
        }
    }

    private static void Disturb(RestrictedWorld world, RestrictionEdits edits, Random random)
    {
        foreach (var account in RestrictedWorld.Accounts) world.PutRow(edits.Row(account));
        world.Driver.Live(TimeSpan.FromMinutes(1));
        foreach (var account in RestrictedWorld.Accounts.Where(_ => random.Next(4) != 0)) edits.Spend(account, 130);
        foreach (var resource in world.Resources.All.Where(_ => random.Next(2) == 0)) resource.UnusedSince = world.Clock.GetUtcNow();
        world.Resources.FindIdle();
        world.Faults.CallRate = random.Next(3) switch { 0 => 0, 1 => 0.01, _ => 0.04 };
        world.Faults.DeliveryRate = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.2 };
        for (var step = random.Next(16, 36); step > 0; step--)
        {
            edits.Make();
            for (var pieces = random.Next(12); pieces > 0; pieces--)
            {
                if (!world.Driver.RunOne()) world.Driver.Advance(TimeSpan.FromSeconds(random.Next(1, 60)));
            }

            if (random.Next(2) == 0) world.Driver.Live(TimeSpan.FromMinutes(random.Next(5, 150)));
        }
    }

    /// <summary>No more faults, and the switch is as it was: what is promised must come true.</summary>
    private static void Calm(RestrictedWorld world, RestrictionEdits edits)
    {
        world.Journal.Write("calm");
        (world.Faults.CallRate, world.Faults.DeliveryRate) = (0, 0);
        edits.Throw(armed: true);
        world.Driver.Live(TimeSpan.FromHours(13));
        world.Resources.FindIdle();
        world.Driver.Live(TimeSpan.FromHours(13));
        world.Driver.Advance(Pause);
    }

    private static string Tell(RestrictedWorld world, string problem) =>
        $"{problem}\nThe last {LinesShown} lines:\n{string.Join('\n', world.Journal.Lines.TakeLast(LinesShown))}";
}
