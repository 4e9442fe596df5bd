using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The errors of Parameter Store, by name.</summary>
internal static class SsmErrors
{
    public static AwsException Invalid(string message) => new("ValidationException", message);

    public static AwsException NotFound(string name) => new("ParameterNotFound", $"Parameter {name} not found.");
}
