using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>What goes wrong with one call.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Answered with this error instead of being carried out.</summary>
    public sealed record Refusal(AwsException Error) : Fault;

    /// <summary>Answered with this, an answer from before the last changes, instead of being carried out: what an eventually consistent read may see.</summary>
    public sealed record StaleAnswer(JsonObject Answer) : Fault;

    /// <summary>The connection breaks before anything happened.</summary>
    public sealed record RequestLoss : Fault;

    /// <summary>The connection breaks after the call took effect: the caller cannot know.</summary>
    public sealed record ResponseLoss : Fault;

    /// <summary>
    /// The connection breaks at once and the call takes effect later by this much: perhaps after the caller's next try, or after a newer call.
    /// </summary>
    public sealed record Straggler(TimeSpan After) : Fault;

    /// <summary>Answered late by this much.</summary>
    public sealed record Latency(TimeSpan By) : Fault;

    /// <summary>
    /// The function that makes the call dies in it: before the call took effect, or after. From any other caller's call it only breaks the connection.
    /// </summary>
    public sealed record Crash(bool AfterEffect) : Fault;
}
