using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Core.Status;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What people should not do to our tables: delete and edit status rows, and take tables back to an earlier point.</summary>
internal sealed class TableEdits(SimulatedWorld world, Random random)
{
    private readonly Dictionary<string, List<JsonObject>> backups = new(StringComparer.Ordinal);

    public void Make()
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                DeleteStatus();
                break;
            case 2:
                EditStatus();
                break;
            case 3 when backups.Count > 0:
                Restore();
                break;
            default:
                BackUp();
                break;
        }
    }

    private void DeleteStatus()
    {
        if (Pick() is { } item) Delete(LocalOrganization.StatusTable, item);
    }

    private void EditStatus()
    {
        if (Pick() is not { } item) return;
        switch (random.Next(5))
        {
            case 0:
                item["State"] = new JsonObject { ["S"] = Enum.GetNames<AccountState>()[random.Next(Enum.GetNames<AccountState>().Length)] };
                break;
            case 1:
                item.Remove("DesiredRevision");
                break;
            case 2:
                item.Remove("Edition");
                break;
            case 3:
                item["NextAttemptAt"] = new JsonObject { ["S"] = "soon" };
                break;
            default:
                item["State"] = new JsonObject { ["S"] = "Fine" };
                break;
        }

        Put(LocalOrganization.StatusTable, item);
    }

    private void BackUp()
    {
        foreach (var table in new[] { LocalOrganization.BudgetsTable, LocalOrganization.StatusTable }) backups[table] = Scan(table);
        world.Journal.Write("the tables were backed up");
    }

    /// <summary>
    /// One table or both become what they were. A restored table has no stream of its past, but people restore into the table we know, item by item.
    /// </summary>
    private void Restore()
    {
        string[] tables = random.Next(3) switch
        {
            0 => [LocalOrganization.BudgetsTable],
            1 => [LocalOrganization.StatusTable],
            _ => [LocalOrganization.BudgetsTable, LocalOrganization.StatusTable],
        };
        foreach (var table in tables)
        {
            world.Journal.Write($"{table} is restored");
            var items = backups[table];
            var keys = items.Select(Key).ToHashSet(StringComparer.Ordinal);
            foreach (var item in Scan(table).Where(item => !keys.Contains(Key(item)))) Delete(table, item);
            foreach (var item in items) Put(table, item);
        }
    }

    private JsonObject? Pick()
    {
        var items = Scan(LocalOrganization.StatusTable);
        return items.Count == 0 ? null : items[random.Next(items.Count)];
    }

    private List<JsonObject> Scan(string table) =>
        [
            .. (world.Manual.Ask(world.Cloud.DynamoDb, SimulatedWorld.Management, "Scan", new JsonObject { ["TableName"] = table })["Items"]?.AsArray() ?? [])
                .Select(item => item!.DeepClone().AsObject()) // An array of objects.
                .OrderBy(Key, StringComparer.Ordinal)
        ];

    private void Put(string table, JsonObject item)
    {
        world.Manual.Try(
            world.Cloud.DynamoDb,
            SimulatedWorld.Management,
            "PutItem",
            new JsonObject { ["TableName"] = table, ["Item"] = item.DeepClone() });
        if (table == LocalOrganization.BudgetsTable) world.ReadRow(Key(item));
        else world.StatusEdited.Add(Key(item));
    }

    private void Delete(string table, JsonObject item)
    {
        world.Manual.Try(
            world.Cloud.DynamoDb,
            SimulatedWorld.Management,
            "DeleteItem",
            new JsonObject { ["TableName"] = table, ["Key"] = new JsonObject { ["AccountId"] = item["AccountId"]?.DeepClone() } });
        if (table == LocalOrganization.BudgetsTable) world.ReadRow(Key(item));
        else world.StatusEdited.Add(Key(item));
    }

    private static string Key(JsonObject item) => item["AccountId"]!["S"]!.ToString(); // The key of both tables.
}
