using BudgetSync.Core.Stops;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>Something of an account that runs, with what people last wanted of it.</summary>
/// <param name="Name">What the calls of its service name it by.</param>
internal sealed record RunningResource(string Account, StoppableKind Kind, string Name, string Arn)
{
    /// <summary>What it is now: <c>running</c>, <c>stopped</c> or what is between; of a group its sizes, of a service its size.</summary>
    public required Func<string> State { get; init; }

    public required Func<IReadOnlyDictionary<string, string>> Tags { get; init; }

    /// <summary>What a person does to make it run: starts it, or gives it a size.</summary>
    public required Action<Random> Start { get; init; }

    /// <summary>What a person does to its tags; null takes the tag off.</summary>
    public required Action<string, string?> Tag { get; init; }

    /// <summary>What people wanted it to be, the last of them last.</summary>
    public List<string> Wanted { get; } = [];

    /// <summary>A person took our mark off: whatever it is then, it stays.</summary>
    public bool IsLetBe { get; set; }

    /// <summary>Somebody deleted the journal that said that its mark is ours: it may stay as it is, and is told.</summary>
    public bool IsUnexplained { get; set; }

    /// <summary>How AWS Compute Optimizer calls its kind; null for what it says nothing of.</summary>
    public string? TypeOfIdle => Kind switch
    {
        StoppableKind.Instance => "EC2Instance",
        StoppableKind.AutoScalingGroup => "AutoScalingGroup",
        StoppableKind.Database => "RDSDBInstance",
        StoppableKind.ContainerService => "ECSService",
        _ => null,
    };

    /// <summary>Since when nobody uses it although it runs; null: it is in use.</summary>
    public DateTimeOffset? UnusedSince { get; set; }

    /// <summary>When AWS last found it idle.</summary>
    public DateTimeOffset? FoundAt { get; set; }

    /// <summary>When somebody last started it, or we gave it back, as far as AWS or our mark tells.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Whether AWS says when it was started: of a group its instances do. Of others nothing tells it but our mark, while they have it.</summary>
    public bool HasStart => Kind is StoppableKind.Instance or StoppableKind.AutoScalingGroup;

    /// <summary>Whether a call of ours was made to stop it because it was idle, and for nothing else.</summary>
    public bool WasIdled { get; set; }

    /// <summary>Whether a call of ours was made to stop it.</summary>
    public bool WasStopped { get; set; }

    public bool Runs => State() is not ("stopped" or "min 0 desired 0 max 0" or "desired 0");

    public bool IsProtected => Tags().TryGetValue("budgetsync:protect", out var value) && value != "false";

    public string? Mark => Tags().GetValueOrDefault(StopMark.Key);
}
