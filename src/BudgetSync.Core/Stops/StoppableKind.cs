namespace BudgetSync.Core.Stops;

/// <summary>
/// What can be stopped, in the order in which it is: a group would replace its instances if they were stopped before it (AWS Well-Architected and the Budgets
/// user guide stop groups first).
/// </summary>
public enum StoppableKind
{
    AutoScalingGroup,
    Instance,
    Database,
    DatabaseCluster,
    Notebook,
    ContainerService,
}
