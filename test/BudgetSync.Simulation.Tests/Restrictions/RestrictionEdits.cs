using System.Text.Json.Nodes;
using BudgetSync.Aws.Respond;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>What people do: spend, write rows, approve, lift, snooze, throw the switch, and undo by hand what was restricted.</summary>
internal sealed class RestrictionEdits(RestrictedWorld world, Random random)
{
    private const string Jane = "arn:aws:iam::999999999999:user/jane";
    private static readonly string[] Kinds = ["NOTIFY", "DENY_NEW", "DENY_AI", "DENY_APIS", "QUARANTINE"];
    private static readonly string[] Denials = ["DenyNew", "DenyAi", "DenyApis-critical"];

    public void Make()
    {
        var account = Pick(RestrictedWorld.Accounts);
        switch (random.Next(12))
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
            case 8:
                ChangeDenial(account);
                break;
            case 9:
                ChangeControl(account);
                break;
            case 10 when random.Next(3) == 0:
                Throw(random.Next(2) == 0);
                break;
            default:
                // An owner types a bare number over what was propagated, restrictions and all.
                if (random.Next(3) == 0) Parameter(account, SimulatedWorld.Parameter, "150");
                break;
        }
    }

    public void Throw(bool armed) => Parameter(RestrictedWorld.Management, ArmedSwitch.ParameterName, armed ? "true" : "false");

    public JsonObject Row(string account)
    {
        var row = new JsonObject { ["AccountId"] = account, ["BudgetValue"] = random.Next(5) == 0 ? 1000 : 100 };
        row["Responses"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)Response(account == RestrictedWorld.Watched))]);
        if (random.Next(8) == 0)
        {
            var until = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(random.Next(3));
            row["Snooze"] = new JsonObject { ["Until"] = $"{until:yyyy-MM-dd}", ["Why"] = "load test" };
        }

        return row;
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
        if (kind == "DENY_APIS") response["Policy"] = "critical";
        if (kind is "DENY_NEW" or "DENY_AI" && random.Next(2) == 0) response["Binding"] = true;
        if (kind != "NOTIFY" && random.Next(4) == 0) response["Until"] = "MANUAL";
        return response;
    }

    /// <summary>A person answers what waits, or takes back what is in force or planned.</summary>
    private void Decide(string account)
    {
        if (world.Row(account)?.Restrictions.Items is not { IsEmpty: false } restrictions) return;
        var restriction = restrictions[random.Next(restrictions.Length)];
        var now = world.Clock.GetUtcNow();
        world.Journal.Write($"jane decides {restriction.Id} of {account}, {restriction.State.Name}");
        if (restriction.State is RestrictionState.AwaitingApproval && random.Next(4) != 0)
            world.Say(account, row => StatusChange.Approved(row, restriction.Id, Jane, now));
        else if (random.Next(2) == 0)
            world.Say(account, row => StatusChange.LiftAsked(row, restriction.Id, Jane, "a slip", now));
    }

    private void ChangeDenial(string account)
    {
        var arn = $"arn:aws:iam::{account}:policy/BudgetSync/{Pick(Denials)}";
        var iam = world.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        var operation = random.Next(3) == 0 ? "AttachRolePolicy" : "DetachRolePolicy";
        world.Manual.Try(iam, account, operation, new JsonObject { ["RoleName"] = "developer", ["PolicyArn"] = arn });
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
