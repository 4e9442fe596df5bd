using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What happens to the organization: accounts that come, move and are closed.</summary>
internal sealed class OrganizationEdits(SimulatedWorld world, Random random)
{
    private const int MaximumAccounts = 8;
    private int created;

    public void Make()
    {
        switch (random.Next(5))
        {
            case 0:
                Create();
                break;
            case 1:
                Close();
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
        world.People.Try(
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
        // Out of the stack set's reach nothing goes: its stack would be deleted under us, which is a story of its own.
        string[] places = source is Units.Members or Units.Team ? [Units.Members, Units.Team] : [Units.Root, Units.Members, Units.Team, Units.WithoutStack];
        world.People.Try(world.Cloud.Organizations, SimulatedWorld.Management, "MoveAccount", new JsonObject
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
            world.Journal.Write($"account {account} was suspended");
        }
        catch (AwsException refused)
        {
            world.Journal.Write($"not suspended: {refused.Code}");
        }
    }
}
