using System.Text.Json.Nodes;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>The budgets that are none of ours, as they were made: nothing of ours may ever change one, unless a row asked for it by Adopt.</summary>
internal sealed class ForeignBudgets(SimulatedWorld world)
{
    private static readonly string[] Names = ["SpokeAccountBudget", "team-a", "their own", "platform"];
    private readonly SortedDictionary<(string Account, string Name), string> pictures = [];

    /// <summary>A person makes a budget, perhaps under a name that a row means to use.</summary>
    public void Create(string account, Random random)
    {
        // Between our look at a budget and our change of it, AWS offers no lock: a person who deletes ours and makes another of its name in that instant cannot
        // be told apart.
        if (world.Driver.IsBusy(account) || world.Faults.HasStraggler(account)) return;
        var name = Names[random.Next(Names.Length)];
        var request = new JsonObject
        {
            ["AccountId"] = account,
            ["Budget"] = new JsonObject
            {
                ["BudgetName"] = name,
                ["BudgetType"] = "COST",
                ["TimeUnit"] = "MONTHLY",
                ["BudgetLimit"] = new JsonObject { ["Amount"] = "77", ["Unit"] = "USD" }
            },
            ["NotificationsWithSubscribers"] = new JsonArray(new JsonObject
            {
                ["Notification"] = new JsonObject { ["NotificationType"] = "ACTUAL", ["ComparisonOperator"] = "GREATER_THAN", ["Threshold"] = 50 },
                ["Subscribers"] = new JsonArray(new JsonObject { ["SubscriptionType"] = "EMAIL", ["Address"] = "theirs@example.com" }),
            }),
        };
        if (world.Manual.Try(world.Cloud.Budgets, account, "CreateBudget", request) is null) return;
        pictures[(account, name)] = Picture(account, name) ?? throw new WorldException($"The budget {name} of {account} was made and is not there.");
    }

    /// <summary>The budgets of an account that carry our tag.</summary>
    // Every budget has a name.
    public IReadOnlyList<JsonObject> Managed(string account) => [.. Budgets(account).Where(budget => IsManaged(account, budget["BudgetName"]!.ToString()))];

    /// <summary>Compares every foreign budget with its picture.</summary>
    /// <param name="calls">
    /// Since the last time: a budget may be adopted, and given back because the row that asked for it is gone, by one and the same apply.
    /// </param>
    /// <exception cref="WorldException">One was touched.</exception>
    public void Check(IReadOnlyList<LoggedCall> calls)
    {
        foreach (var ((account, name), before) in pictures.ToList())
        {
            var now = Picture(account, name);
            if (now == before) continue;
            if (IsAdopted(account, name) && (IsManaged(account, name) || WasTagged(account, name, calls))) pictures.Remove((account, name));
            else throw new WorldException($"The foreign budget \"{name}\" of account {account} was touched.\n  before: {before}\n  now:    {now ?? "gone"}");
        }
    }

    /// <summary>Attributes are inherited one by one, so one row may say Adopt and another the name.</summary>
    private bool IsAdopted(string account, string name) =>
        world.RowHistory.EverSaid(AccountId.Parse(account), row => Adopts(row.Attributes))
        && (name == SimulatedWorld.Defaults.BudgetName
            || world.RowHistory.EverSaid(AccountId.Parse(account), row => Texts(row.Attributes.Values).Contains(name)));

    private static bool Adopts(System.Collections.Immutable.ImmutableSortedDictionary<string, RowValue> attributes) =>
        (attributes.TryGetValue("Adopt", out var adopt) && adopt is RowValue.Bool(true))
        || (attributes.TryGetValue("Budgets", out var budgets)
            && budgets is RowValue.List { Items: var items }
            && items.OfType<RowValue.Map>().Any(entry => Adopts(entry.Entries)));

    private static IEnumerable<string> Texts(IEnumerable<RowValue> values) => values.SelectMany(value => value switch
    {
        RowValue.Text(var text) => [text],
        RowValue.List { Items: var items } => Texts(items),
        RowValue.Map { Entries: var entries } => Texts(entries.Values),
        _ => Enumerable.Empty<string>(),
    });

    private static bool WasTagged(string account, string name, IReadOnlyList<LoggedCall> calls) => calls.Any(logged =>
        logged is { ErrorCode: null, Call: { Service: "budgets", Operation: "TagResource" } call }
            && call.AccountId == account
            && call.Input["ResourceARN"]?.ToString().EndsWith($":budget/{name}", StringComparison.Ordinal) == true);

    // The shape of the answer.
    private bool IsManaged(string account, string name) =>
        Tags(account, name).Any(tag => tag!["Key"]!.ToString() == OwnershipTag.Key && tag["Value"]!.ToString() == OwnershipTag.Value);

    private JsonArray Tags(string account, string name) =>
        world.Manual.Ask(
            world.Cloud.Budgets,
            account,
            "ListTagsForResource",
            new JsonObject { ["ResourceARN"] = $"arn:aws:budgets::{account}:budget/{name}" })["ResourceTags"] as JsonArray
            ?? [];

    private List<JsonObject> Budgets(string account) =>
        // An array of objects.
        [
            .. (world.Manual.Ask(
                world.Cloud.Budgets,
                account,
                "DescribeBudgets",
                new JsonObject { ["AccountId"] = account, ["ShowFilterExpression"] = true })["Budgets"] as JsonArray
                ?? []).Select(budget => budget!.AsObject())
        ];

    /// <summary>All that AWS shows of a budget but what it computes itself, in one text; null where it is gone.</summary>
    private string? Picture(string account, string name)
    {
        if (Budgets(account).FirstOrDefault(budget => budget["BudgetName"]!.ToString() == name) is not { } found) return null; // Every budget has a name.
        var notifications = world.Manual.Ask(
            world.Cloud.Budgets,
            account,
            "DescribeNotificationsForBudget",
            new JsonObject { ["AccountId"] = account, ["BudgetName"] = name })["Notifications"] as JsonArray
            ?? [];
        found.Remove("CalculatedSpend");
        foreach (var notification in notifications) notification!.AsObject().Remove("NotificationState"); // An array of objects.
        return $"{found.ToJsonString()} {notifications.ToJsonString()} {Tags(account, name).ToJsonString()}";
    }
}
