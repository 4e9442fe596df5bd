using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.Simulation.Tests.Checks;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests;

/// <summary>One world from its seed to its end.</summary>
internal sealed class Simulation : IDisposable
{
    /// <summary>Two days of hourly schedules cost as much as all the rest of a world.</summary>
    private const int SeedsPerPatientOne = 4;

    private readonly Random random;
    private readonly SimulatedWorld world;
    private readonly RowEdits rows;
    private readonly SpokeEdits spokes;
    private readonly OrganizationEdits organization;
    private readonly OutageEdits outages;
    private readonly TableEdits tables;
    private readonly SpendEdits spends;
    private readonly LivenessChecks ending;
    private readonly LookChecks looks;
    private readonly int seed;

    private Simulation(int seed)
    {
        this.seed = seed;
        random = new Random(seed);
        world = SimulatedWorld.Create(seed, new WorldOptions(random.Next(2, 5), random.Next(2))
        {
            MinimumAccountAge = random.Next(4) == 0 ? TimeSpan.FromHours(random.Next(1, 25)) : TimeSpan.Zero,
            RefuseChangeOfTypeOrUnit = random.Next(2) == 0,
            EmptyFirstPages = random.Next(4) == 0,
        });
        world.Cloud.Organizations.AddOrganizationalUnit(Units.Members, "Team");
        world.ReadOrganization();
        var foreign = new ForeignBudgets(world);
        world.Driver.AfterEach = new SafetyChecks(world, foreign).Look;
        rows = new RowEdits(world, random);
        spokes = new SpokeEdits(world, foreign, random);
        organization = new OrganizationEdits(world, random);
        outages = new OutageEdits(world, random);
        tables = new TableEdits(world, random);
        // Chances of its own: what else happens in a world is what it was before anything was spent.
        spends = new SpendEdits(world, new Random(unchecked((seed * 31) + 3)));
        ending = new LivenessChecks(world);
        looks = new LookChecks(world);
    }

    /// <summary>Runs a seed.</summary>
    /// <returns>What happened, and what is wrong: null where nothing is.</returns>
    public static (IReadOnlyList<string> Log, string? Problem) Run(int seed)
    {
        using var simulation = new Simulation(seed);
        string? problem = null;
        try
        {
            simulation.Disturb();
            simulation.Calm();
        }
        catch (WorldException violation)
        {
            problem = violation.Message;
        }

        return (simulation.world.Journal.Lines, problem);
    }

    public void Dispose() => world.Dispose();

    /// <summary>Edits, faults and time, all at random.</summary>
    private void Disturb()
    {
        world.Faults.CallRate = random.Next(4) switch { 0 => 0, 1 => 0.005, 2 => 0.02, _ => 0.06 };
        world.Faults.DeliveryRate = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.25 };
        if (random.Next(3) == 0) world.Faults.Stale = new StaleReads(world.Cloud, new Random(random.Next()), world.Clock);
        var meddling = random.Next(3) == 0;
        for (var step = random.Next(10, 31); step > 0; step--)
        {
            switch (random.Next(12))
            {
                case 0:
                    organization.Make();
                    break;
                case 1 or 2:
                    spokes.Make();
                    break;
                case 3:
                    world.Driver.Advance(TimeSpan.FromMinutes(random.Next(1, 600)));
                    break;
                case 4 when random.Next(2) == 0:
                    outages.Make();
                    break;
                case 5 when meddling:
                    tables.Make();
                    break;
                case 6 when random.Next(8) == 0:
                    world.Driver.Advance(TimeSpan.FromHours(random.Next(24, 72)));
                    break;
                default:
                    rows.Make();
                    break;
            }

            spends.Make();
            for (var pieces = random.Next(12); pieces > 0; pieces--)
            {
                if (!world.Driver.RunOne() || random.Next(4) == 0) world.Driver.Advance(TimeSpan.FromMilliseconds(random.Next(1, 5000)));
            }

            if (random.Next(4) == 0) world.Driver.Settle();
        }
    }

    /// <summary>No more faults: what is promised must come true.</summary>
    private void Calm()
    {
        world.Journal.Write("calm");
        (world.Faults.CallRate, world.Faults.DeliveryRate) = (0, 0);
        world.Driver.Settle();
        world.ReadOrganization();
        foreach (var account in world.Cloud.CloudFormation.FailedStackInstances.Keys.Where(world.Cloud.Organizations.Contains))
        {
            // AWS leaves a failed stack instance to people, and so does our README.
            world.Journal.Write($"the stack of {account} is rolled out again");
            world.Cloud.Organizations.Move(account, world.Tree.Find(AccountId.Parse(account))!.Parent); // Stack sets reach accounts of the organization only.
        }

        world.Driver.Settle();
        if (seed % SeedsPerPatientOne == 0)
        {
            // Nobody does anything: the schedules alone. A try that failed often is due again after a day at most, and an account is taken by AWS Budgets after
            // a day.
            world.Driver.Live(TimeSpan.FromHours(52));
        }
        else
        {
            // What the schedules would do next, now: a daily apply, which sees what hands changed, and one reconcile, for which a person does not want to wait.
            // The day's hourly reconciles are left out: one alone must do.
            world.Cloud.Faults.OnDeliveries(delivery => delivery.TargetArn.EndsWith(":BudgetSync-Reconcile", StringComparison.Ordinal)
                ? new DeliveryFault.Loss()
                : null);
            world.Driver.Advance(TimeSpan.FromHours(25) - TimeSpan.FromMinutes(seed % 60));
            world.Driver.Settle();
            world.Cloud.Faults.Reset();
            world.Manual.Ask(world.Cloud.Lambda, SimulatedWorld.Management, "Invoke", new JsonObject
            {
                ["FunctionName"] = "BudgetSync-Reconcile",
                ["InvocationType"] = "Event",
                ["Payload"] = """{"force":true}""",
            });
            world.Driver.Settle();
        }

        var lookedFrom = looks.Look();
        List<string> problems = [.. ending.Problems(), .. looks.Problems(lookedFrom)];
        if (problems.Count > 0) throw new WorldException($"In the end not all is well:\n  {string.Join("\n  ", problems)}");
    }
}
