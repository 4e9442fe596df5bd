using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>One event on its way from a rule to one of its targets.</summary>
public sealed record EventDelivery(JsonObject Event, string RuleArn, string TargetArn);

/// <summary>What goes wrong with one delivery: EventBridge promises at least one, mostly, and no order.</summary>
public abstract record DeliveryFault
{
    private DeliveryFault()
    {
    }

    /// <summary>It never arrives, and no one is told.</summary>
    public sealed record Loss : DeliveryFault;

    /// <summary>It arrives twice.</summary>
    public sealed record Duplicate : DeliveryFault;

    /// <summary>It arrives later by this much, and so perhaps after younger ones.</summary>
    public sealed record Delay(TimeSpan By) : DeliveryFault;
}
