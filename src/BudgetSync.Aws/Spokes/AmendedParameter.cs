namespace BudgetSync.Aws.Spokes;

/// <summary>A parameter that was amended.</summary>
/// <param name="Written">False where it said so already.</param>
/// <param name="Version">The version that we wrote last.</param>
/// <param name="Revision">Of what that says.</param>
public sealed record AmendedParameter(bool Written, long Version, string Revision);
