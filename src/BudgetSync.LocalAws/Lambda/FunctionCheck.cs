using System.Text;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// What Lambda demands of a function's definition (Lambda API reference, CreateFunction; developer guide, "Lambda quotas" and
/// "Defined runtime environment variables").
/// </summary>
internal static partial class FunctionCheck
{
    private static readonly string[] Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <exception cref="AwsException">InvalidParameterValueException or ValidationException.</exception>
    public static void Check(FunctionDefinition definition)
    {
        if (!FunctionName().IsMatch(definition.Name))
            throw Invalid($"Function name \"{definition.Name}\" must be 1 to 64 letters, digits, hyphens and underscores");
        if (definition.Handler.Length is 0 or > 128) throw Invalid($"Handler \"{definition.Handler}\" must be 1 to 128 characters");
        Range("Timeout", (int)definition.Timeout.TotalSeconds, 1, 900);
        Range("MemorySize", definition.MemoryMegabytes, 128, 10_240);
        Range("MaximumRetryAttempts", definition.Async.MaximumRetryAttempts, 0, 2);
        Range("MaximumEventAgeInSeconds", (int)definition.Async.MaximumEventAge.TotalSeconds, 60, 21_600);
        foreach (var (name, _) in definition.Environment)
        {
            if (Reserved.Contains(name))
                throw Invalid(
                    $"Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved "
                        + $"keys that are currently not supported for modification. Reserved keys used in this request: {name}");
            if (!VariableName().IsMatch(name))
                throw Invalid($"Environment variable name \"{name}\" must begin with a letter and have 2 or more letters, digits and underscores");
        }

        var bytes = definition.Environment.Sum(variable => Encoding.UTF8.GetByteCount(variable.Key) + Encoding.UTF8.GetByteCount(variable.Value));
        if (bytes > AwsLimits.Lambda.VariableBytes)
            throw Invalid(
                $"Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit: "
                    + $"{bytes} bytes");
    }

    public static void Range(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw Invalid($"Value '{value}' at '{name}' failed to satisfy constraint: Member must be from {least} to {most}");
    }

    public static AwsException Invalid(string message) => new("InvalidParameterValueException", message);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_]+\z")]
    private static partial Regex VariableName();
}
