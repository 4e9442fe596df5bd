using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What people do to the rows of the table: every kind of row, for every kind of scope, right and wrong.</summary>
internal sealed class RowEdits(SimulatedWorld world, Random random)
{
    private static readonly string[] KeysThatAreNone = ["12345678901", "prod", "ou-nonsense", "000000000000000"];
    private readonly Dictionary<string, JsonObject> written = new(StringComparer.Ordinal);

    /// <summary>One edit.</summary>
    public void Make()
    {
        var key = Key();
        switch (random.Next(10))
        {
            case 0 or 1 when written.Count > 0:
                Delete(Pick([.. written.Keys.Order(StringComparer.Ordinal)]));
                break;
            case 2 when written.Count > 0:
                var (other, row) = written.OrderBy(pair => pair.Key, StringComparer.Ordinal).ElementAt(random.Next(written.Count));
                Put(other, Changed(row));
                break;
            case 3:
                Put(key, BrokenRows.Break(random, Fit(RandomRows.Valid(random, key))));
                break;
            case 4 or 5:
                Put(key, Fit(RandomRows.Valid(random, key)));
                break;
            default:
                Put(key, Simple(key));
                break;
        }
    }

    private void Put(string key, JsonObject row)
    {
        world.PutRow(row);
        if (row["AccountId"] is JsonValue value && value.TryGetValue<string>(out var text) && text == key) written[key] = row;
    }

    private void Delete(string key)
    {
        world.DeleteRow(key);
        written.Remove(key);
    }

    private string Key()
    {
        var accounts = world.Cloud.Organizations.AccountIds;
        return random.Next(12) switch
        {
            0 or 1 => "default",
            2 => "r-local",
            3 or 4 => Pick(Units.All),
            5 => random.Next(3) == 0 ? Pick(KeysThatAreNone) : "888888888888",
            _ => Pick(accounts),
        };
    }

    private JsonObject Simple(string key)
    {
        var row = new JsonObject { ["AccountId"] = key, ["BudgetValue"] = random.Next(1, 1_000_000) / 100m };
        if (random.Next(3) == 0)
            row["Thresholds"] =
                new JsonArray([.. Enumerable.Range(1, 10).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(tens => JsonValue.Create(tens * 10))]);
        if (random.Next(4) == 0) row["EmailRecipients"] = new JsonArray("owner@example.com", $"team{random.Next(3)}@example.com");
        if (random.Next(4) == 0) row["OnDelete"] = Pick(["REVERT", "DELETE", "RETAIN"]);
        if (random.Next(8) == 0) row["Enabled"] = random.Next(2) == 0;
        if (random.Next(6) == 0) row["BudgetName"] = Pick(["team-a", "team-b"]);
        return row;
    }

    /// <summary>The same row with one thing changed, or spelled otherwise.</summary>
    private JsonObject Changed(JsonObject row)
    {
        var changed = row.DeepClone().AsObject();
        switch (random.Next(5))
        {
            case 0:
                changed["OnDelete"] = Pick(["REVERT", "DELETE", "RETAIN"]);
                break;
            case 1:
                changed["Enabled"] = random.Next(2) == 0;
                break;
            case 2:
                changed["x-note"] = random.Next();
                break;
            default:
                if (changed["Budgets"] is null) changed["BudgetValue"] = random.Next(1, 1_000_000) / 100m;
                break;
        }

        return changed;
    }

    /// <summary>
    /// Makes a generated row one that AWS takes here and now: with the role that the spoke's template makes for actions, since IAM would rightly refuse to hand
    /// over another, and with plans that begin in the current period, which no rule of a row alone can demand.
    /// </summary>
    private static JsonObject Fit(JsonObject row)
    {
        // Not null: it was an object.
        var fit = JsonNode.Parse(row.ToJsonString().Replace("role/BudgetActions", "role/BudgetSyncActionRole", StringComparison.Ordinal))!.AsObject();
        foreach (var budget in fit["Budgets"] is JsonArray budgets ? budgets.OfType<JsonObject>() : [fit])
        {
            if (budget["PlannedBudgetLimits"] is not JsonObject plan) continue;
            var months = plan.Count == 4 ? 3 : 1;
            var first = new DateTime(
                SimulatedWorld.Start.Year,
                SimulatedWorld.Start.Month - ((SimulatedWorld.Start.Month - 1) % months),
                1,
                0,
                0,
                0,
                DateTimeKind.Utc);
            budget["PlannedBudgetLimits"] = new JsonObject(plan.Select((limit, index) =>
                KeyValuePair.Create(first.AddMonths(index * months).ToString("yyyy-MM", CultureInfo.InvariantCulture), limit.Value?.DeepClone())));
        }

        return fit;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
