using System.Text.Json.Nodes;
using BudgetSync.Aws.Respond;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>What people do: spend, write rows, approve, lift, snooze, throw the switch, and undo by hand what was restricted.</summary>
internal sealed class RestrictionEdits(RestrictedWorld world, Random random)
{
    private const string Jane = "arn:aws:iam::999999999999:user/jane";
    private static readonly string[] Kinds = ["NOTIFY", "DENY_NEW", "DENY_AI", "DENY_APIS", "QUARANTINE", "STOP_ALL", "STOP_TAGGED", "STOP_IDLE", "STOP_IDLE"];
    private static readonly string[] Denials = ["DenyNew", "DenyAi", "DenyApis-critical"];

    private readonly Dictionary<string, JsonObject> rows = new(StringComparer.Ordinal);

    /// <summary>Accounts in which something waits for a person, who is told: in one chosen by chance hardly ever anything does.</summary>
    private string[] Waiting => [.. RestrictedWorld.Accounts.Where(one => world.Row(one)?.Restrictions.Any(Waits) == true)];

    public void Make()
    {
        // Little happens where nothing is restricted.
        var account = random.Next(10) == 0 ? RestrictedWorld.Tagged : Pick([.. RestrictedWorld.Accounts.Where(one => one != RestrictedWorld.Tagged)]);
        switch (Waiting.Length > 0 && random.Next(2) == 0 ? 5 : random.Next(17))
        {
            case 0 or 1 or 2:
                Spend(account, random.Next(4) == 0 ? 20 : 130);
                break;
            case 3 or 4:
                world.PutRow(Row(account));
                break;
            case 5 or 6 or 7:
                Decide(account);
                break;
            case 8 or 15:
                ChangeDenial(account);
                break;
            case 16:
                Snooze();
                break;
            case 9:
                ChangeControl(account);
                break;
            case 10 when random.Next(3) == 0:
                Throw(random.Next(2) == 0);
                break;
            case 12 or 13 or 14:
                ChangeResource(account);
                break;
            default:
                // An owner types a bare number over what was propagated, restrictions and all.
                if (random.Next(3) == 0) Parameter(account, SimulatedWorld.Parameter, "150");
                else if (random.Next(3) == 0) Tamper(account, Pick([DenyJournal.ParameterName, StopJournal.ParameterName]));
                break;
        }
    }

    /// <summary>Somebody deletes a journal of Apply's, or writes over it, which AWS's history of the parameter outlasts.</summary>
    private void Tamper(string account, string journal)
    {
        if (random.Next(2) == 0)
        {
            Parameter(account, journal, "nothing");
            return;
        }

        if (world.Manual.Try(world.Cloud.Ssm, account, "DeleteParameter", new JsonObject { ["Name"] = journal }) is null) return;
        if (journal == DenyJournal.ParameterName) world.Attachments.Lost(account);
        else foreach (var resource in world.Resources.All.Where(one => one.Account == account && one.Mark is not null)) resource.IsUnexplained = true;
    }

    public void Throw(bool armed) => Parameter(RestrictedWorld.Management, ArmedSwitch.ParameterName, armed ? "true" : "false");

    public JsonObject Row(string account)
    {
        var row = new JsonObject { ["AccountId"] = account, ["BudgetValue"] = random.Next(5) == 0 ? 1000 : 100 };
        row["Responses"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)Response(account == RestrictedWorld.Watched))]);
        if (random.Next(8) == 0) row["Snooze"] = Snoozed();
        rows[account] = row;
        return row;
    }

    /// <summary>A person snoozes an account in which something is meant or in force: an edit of its row that leaves all else in it.</summary>
    private void Snooze()
    {
        string[] restricted = [.. rows.Keys.Where(one => world.Row(one)?.Restrictions.Any(restriction => !restriction.State.IsEnded) == true).Order()];
        if (restricted.Length == 0) return;
        var row = rows[Pick(restricted)];
        row["Snooze"] = Snoozed();
        world.PutRow(row);
    }

    private JsonObject Snoozed()
    {
        var until = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(random.Next(3));
        return new JsonObject { ["Until"] = $"{until:yyyy-MM-dd}", ["Why"] = "load test" };
    }

    public void Spend(string account, decimal amount)
    {
        try
        {
            world.Cloud.Budgets.SetSpend(account, RestrictedWorld.Budget, amount);
            world.Journal.Write($"{account} has spent {amount}");
        }
        catch (AwsException none)
        {
            world.Journal.Write($"{account} spends nothing: {none.Code}");
        }
    }

    private JsonObject Response(bool watches)
    {
        var kind = Pick(Kinds);
        var response = new JsonObject { ["At"] = Pick(["Over", "OnTarget", "110"]), ["Do"] = kind };
        if (!watches) response["Mode"] = Pick(["WATCH", "CONFIRM", "ARMED", "ARMED"]);
        // What waits for a person needs no hour in which the mass brake sees it.
        if (response["Mode"]?.ToString() == "CONFIRM" && random.Next(4) != 0) response["Grace"] = "5m";
        if (kind == "DENY_APIS") response["Policy"] = "critical";
        if (kind == "STOP_TAGGED") response["Tag"] = "environment=sandbox";
        if (kind is "DENY_NEW" or "DENY_AI" && random.Next(2) == 0) response["Binding"] = true;
        if (kind != "NOTIFY" && random.Next(4) == 0) response["Until"] = "MANUAL";
        if (kind.StartsWith("DENY", StringComparison.Ordinal) && !response.ContainsKey("Binding")) Choose(response);
        return response;
    }

    /// <summary>Whom a deny of the spoke binds, or does not.</summary>
    private void Choose(JsonObject response)
    {
        var (member, name) = random.Next(2) == 0 ? ("Roles", Pick(["developer", "deploy"])) : ("Users", "alice");
        var chosen = new JsonObject { [member] = new JsonArray(name) };
        switch (random.Next(4))
        {
            case 0:
                response["Except"] = chosen;
                break;
            case 1:
                response[member] = chosen[member]!.DeepClone();
                break;
        }
    }

    /// <summary>A person starts or resizes something, protects it or does so no more, takes our mark off, or uses it no more, which AWS finds out.</summary>
    private void ChangeResource(string account)
    {
        var mine = world.Resources.All.Where(one => one.Account == account).ToList();
        var resource = mine[random.Next(mine.Count)];
        switch (random.Next(8))
        {
            case 6 or 7:
                resource.UnusedSince ??= world.Clock.GetUtcNow();
                world.Resources.FindIdle();
                break;
            case 0:
                resource.Tag("budgetsync:protect", resource.IsProtected ? "false" : "yes");
                break;
            case 1 when resource.Mark is not null && random.Next(2) == 0:
                resource.Tag("budgetsync:stopped", null);
                resource.IsLetBe = true;
                break;
            default:
                var ran = resource.Runs;
                resource.Start(random);
                resource.UnusedSince = null;
                // To start what runs is no start: its launch time stays (EC2 API reference, StartInstances).
                if (!ran) resource.StartedAt = world.Clock.GetUtcNow();
                if (resource.Runs) resource.Wanted.Add(resource.State());
                world.Journal.Write($"a person wants {resource.Arn} {resource.State()}");
                break;
        }
    }

    /// <summary>A person answers what waits, or takes back what is in force or planned.</summary>
    private void Decide(string account)
    {
        if (Waiting is { Length: > 0 } waiting) account = Pick(waiting);
        if (world.Row(account)?.Restrictions.Items is not { IsEmpty: false } restrictions) return;
        var restriction = restrictions.FirstOrDefault(Waits) ?? restrictions[random.Next(restrictions.Length)];
        var now = world.Clock.GetUtcNow();
        world.Journal.Write($"jane decides {restriction.Id} of {account}, {restriction.State.Name}");
        if (Waits(restriction) && random.Next(4) != 0)
            world.Say(account, row => StatusChange.Approved(row, restriction.Id, Jane, now));
        else if (random.Next(3) == 0)
            world.Say(account, row => StatusChange.LiftAsked(row, restriction.Id, Jane, "a slip", now));
    }

    private static bool Waits(Restriction restriction) => restriction.State is RestrictionState.AwaitingApproval;

    /// <summary>A person binds somebody by one of our policies, or frees him.</summary>
    private void ChangeDenial(string account)
    {
        var name = Pick(["developer", "developer", "deploy", "guarded", "alice"]);
        world.Attachments.Change(new Attachment(account, Pick(Denials), name == "alice", name), attaches: random.Next(2) == 0);
    }

    private void ChangeControl(string account)
    {
        var policies = world.Policies.Values.Order(StringComparer.Ordinal).ToArray();
        var operation = random.Next(3) == 0 ? "AttachPolicy" : "DetachPolicy";
        var input = new JsonObject { ["PolicyId"] = Pick(policies), ["TargetId"] = account };
        world.Manual.Try(world.Cloud.Organizations, RestrictedWorld.Management, operation, input);
    }

    private void Parameter(string account, string name, string value) => world.Manual.Try(
        world.Cloud.Ssm, account, "PutParameter", new JsonObject { ["Name"] = name, ["Value"] = value, ["Type"] = "String", ["Overwrite"] = true });

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
