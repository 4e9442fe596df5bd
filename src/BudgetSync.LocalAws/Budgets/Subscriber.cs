using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Who is told.</summary>
/// <param name="Type"><c>EMAIL</c> or <c>SNS</c>.</param>
internal readonly record struct Subscriber(string Type, string Address)
{
    public string Key => $"{Type}/{Address}";

    public static Subscriber Read(JsonObject subscriber) => new(subscriber.RequiredText("SubscriptionType"), subscriber.RequiredText("Address"));

    public JsonObject Write() => new() { ["SubscriptionType"] = Type, ["Address"] = Address };
}
