namespace BudgetSync.Core.Stops;

/// <summary>One thing to do with one resource. Nothing here terminates or deletes.</summary>
public abstract record StopStep
{
    private StopStep(StoppableResource resource) => Resource = resource;

    public StoppableResource Resource { get; }

    /// <summary>Marks it, and then stops it.</summary>
    /// <param name="Restrictions">The ids of those that ask for it.</param>
    public sealed record Stop(StoppableResource Resource, StopMark Mark, EquatableArray<string> Restrictions) : StopStep(Resource);

    /// <summary>Makes it what its mark says it was, and then takes the mark off.</summary>
    public sealed record GiveBack(StoppableResource Resource, StopMark Mark) : StopStep(Resource);

    /// <summary>Takes the mark off and leaves it as it is: a person has changed it since, and the later change wins.</summary>
    public sealed record Forget(StoppableResource Resource) : StopStep(Resource);
}
