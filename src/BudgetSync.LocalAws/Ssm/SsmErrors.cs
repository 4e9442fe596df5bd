using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The errors of Parameter Store, by name.</summary>
internal static class SsmErrors
{
    public static AwsException Invalid(string message) => new("ValidationException", message);

    public static AwsException NoVersion(string name, string selector) => new(
        "ParameterVersionNotFound", $"Systems Manager could not find version {selector} of {name}. Verify the version and try again.");

    public static AwsException NotFound(string name) => new("ParameterNotFound", $"Parameter {name} not found.");
}
