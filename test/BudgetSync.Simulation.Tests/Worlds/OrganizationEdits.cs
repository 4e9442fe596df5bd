using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What happens to the organization: accounts that come, move and are closed.</summary>
internal sealed class OrganizationEdits(SimulatedWorld world, Random random)
{
    private const int MaximumAccounts = 8;
    private readonly List<string> gone = [];
    private readonly List<string> suspended = [];
    private int created;

    public void Make()
    {
        // An account that was asked for before may have come meanwhile.
        world.ReadOrganization();
        switch (random.Next(8))
        {
            case 0:
                Create();
                break;
            case 1:
                Close();
                break;
            case 2 when suspended.Count > 0:
                Reactivate();
                break;
            case 3:
                Leave();
                break;
            case 4 or 5 when gone.Count > 0:
                Join();
                break;
            default:
                Move();
                break;
        }

        world.ReadOrganization();
    }

    private void Create()
    {
        if (world.Cloud.Organizations.AccountIds.Count >= MaximumAccounts) return;
        var number = ++created;
        world.Manual.Try(
            world.Cloud.Organizations,
            SimulatedWorld.Management,
            "CreateAccount",
            new JsonObject { ["AccountName"] = $"new {number}", ["Email"] = $"new{number}@example.com" });
    }

    private void Move()
    {
        var members = world.Cloud.Organizations.AccountIds.Where(id => id != SimulatedWorld.Management).ToList();
        var account = members[random.Next(members.Count)];
        var source = world.Tree.Find(AccountId.Parse(account))!.Parent; // The tree is read after each change of it.
        // Out of the stack set's reach, its stack is deleted under us.
        string[] places = [Units.Root, Units.Members, Units.Team, Units.WithoutStack];
        world.Manual.Try(world.Cloud.Organizations, SimulatedWorld.Management, "MoveAccount", new JsonObject
        {
            ["AccountId"] = account,
            ["SourceParentId"] = source,
            ["DestinationParentId"] = places[random.Next(places.Length)],
        });
    }

    private void Close()
    {
        var members = world.Cloud.Organizations.AccountIds.Where(id => id != SimulatedWorld.Management).ToList();
        if (random.Next(3) != 0) return;
        try
        {
            var account = members[random.Next(members.Count)];
            world.Cloud.Organizations.Suspend(account);
            suspended.Add(account);
            world.Journal.Write($"account {account} was suspended");
        }
        catch (AwsException refused)
        {
            world.Journal.Write($"not suspended: {refused.Code}");
        }
    }

    private void Reactivate()
    {
        var account = suspended[random.Next(suspended.Count)];
        suspended.Remove(account);
        if (!world.Cloud.Organizations.Contains(account)) return;
        world.Cloud.Organizations.Reactivate(account);
        world.Journal.Write($"account {account} was made active again");
    }

    private void Leave()
    {
        var members = world.Cloud.Organizations.AccountIds.Where(id => id != SimulatedWorld.Management).ToList();
        if (members.Count < 2) return;
        var account = members[random.Next(members.Count)];
        world.Cloud.Organizations.Remove(account);
        gone.Add(account);
        world.Journal.Write($"account {account} left the organization");
    }

    private void Join()
    {
        var account = gone[random.Next(gone.Count)];
        gone.Remove(account);
        string[] places = [Units.Root, Units.Members, Units.Team, Units.WithoutStack];
        var place = places[random.Next(places.Length)];
        world.Cloud.Organizations.AddAccount(account, $"back {account}", place);
        world.Journal.Write($"account {account} joined again, in {place}");
    }
}
