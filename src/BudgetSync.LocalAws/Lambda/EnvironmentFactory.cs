using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Makes the environment of a function: a session of its role, its variables, its log.</summary>
internal sealed class EnvironmentFactory(LocalCloud cloud)
{
    /// <summary>How long the credentials of an environment last. Lambda opens the session itself, so the role's own maximum does not apply.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    private long next;

    /// <summary>Who a function is in its calls.</summary>
    public static Caller CallerOf(FunctionDefinition function)
    {
        var name = function.RoleArn[(function.RoleArn.LastIndexOf('/') + 1)..];
        return new Caller(function.AccountId, function.RoleArn, $"arn:aws:sts::{function.AccountId}:assumed-role/{name}/{function.Name}");
    }

    /// <exception cref="AwsException">InvalidParameterValueException where the role is gone.</exception>
    public FunctionEnvironment Create(Function function)
    {
        var definition = function.Definition;
        var role = cloud.Iam.FindRole(definition.RoleArn)
            ?? throw new AwsException(
                "InvalidParameterValueException",
                $"The role {definition.RoleArn} of function {definition.Name} cannot be assumed by Lambda: it does not exist.");
        var credentials = cloud.Sts.OpenSession(role, definition.Name, SessionLength);
        var id = string.Create(CultureInfo.InvariantCulture, $"{definition.AccountId}-{definition.Name}-{Interlocked.Increment(ref next)}");
        var group = definition.LogGroup ?? $"/aws/lambda/{definition.Name}";
        var stream = $"{cloud.Time.GetUtcNow().UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}/[$LATEST]{id}";
        var variables = definition.Environment.AddRange(new Dictionary<string, string>
        {
            ["_HANDLER"] = definition.Handler,
            ["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = credentials.SessionToken,
            ["AWS_REGION"] = definition.Region!,
            ["AWS_DEFAULT_REGION"] = definition.Region!,
            ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{definition.Runtime}",
            ["AWS_LAMBDA_FUNCTION_NAME"] = definition.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = definition.MemoryMegabytes.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = group,
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = stream,
        });
        return new FunctionEnvironment(
            id,
            definition,
            variables,
            credentials.Expires,
            cloud,
            MayLog(definition, group, stream) ? function.Log.Add : static _ => { });
    }

    /// <summary>Without the permissions to write its log a function runs all the same, and silently: as in AWS.</summary>
    private bool MayLog(FunctionDefinition function, string group, string stream)
    {
        var caller = CallerOf(function);
        var arn = $"arn:aws:logs:{function.Region}:{function.AccountId}:log-group:{group}";
        // A group that the template names exists already; the default one is created by the first environment.
        var hasGroup = function.LogGroup is not null || cloud.Iam.IsAllowed(caller, new IamRequest("logs:CreateLogGroup", arn));
        return hasGroup
            && cloud.Iam.IsAllowed(caller, new IamRequest("logs:CreateLogStream", $"{arn}:log-stream:{stream}"))
            && cloud.Iam.IsAllowed(caller, new IamRequest("logs:PutLogEvents", $"{arn}:log-stream:{stream}"));
    }
}
