namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>Something is so in a world that may never be so.</summary>
internal sealed class WorldException(string message) : Exception(message);
