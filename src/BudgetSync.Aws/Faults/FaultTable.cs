using System.Net;
using Amazon.Runtime;

namespace BudgetSync.Aws.Faults;

/// <summary>One row of the table: an error code, where it holds, and what it means.</summary>
/// <param name="Code">The error's name without namespace and without the suffix <c>Exception</c>.</param>
/// <param name="Operation">The operation it holds for, a beginning of one with <c>*</c> at its end, or <c>*</c> for all. The first row that fits wins.</param>
/// <param name="Service">A service, or <c>*</c>.</param>
public sealed record FaultRow(string Code, string Service, string Operation, FaultKind Kind);

/// <summary>
/// AWS errors to what they mean for us, in one table. A code that is not in it is <see cref="FaultKind.Retry"/>, and is logged loudly:
/// a wrong retry costs time, a wrong rejection loses a row.
/// </summary>
public static class FaultTable
{
    /// <summary>
    /// Throttling, in every spelling the services have (AWSSDK.Core's own retry classification). Stands before <see cref="Rows"/>, which is made of it.
    /// </summary>
    private static readonly string[] Throttling =
    [
        "Throttling",
        "Throttled",
        "RequestThrottled",
        "TooManyRequests",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceeded",
        "SlowDown",
        "PriorRequestNotComplete",
        "TransactionInProgress",
    ];

    /// <summary>The table itself, most special rows first. Sources: the services' models; facts on Budgets' errors from its API reference.</summary>
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        // Elsewhere it is throttling; IAM means a quota, which a person raises (IAM API reference, AttachRolePolicy).
        new("LimitExceeded", "iam", "*", FaultKind.Rejected),
        // As IAM does: the tags that a group may have.
        new("LimitExceeded", "autoscaling", "*", FaultKind.Blocked),
        new("LimitExceeded", "ecs", "*", FaultKind.Blocked),
        // A region that the account has not switched on knows none of its credentials (Account Management reference, "Enable or disable AWS Regions").
        new("AuthFailure", "ec2", "*", FaultKind.Blocked),
        new("OptInRequired", "ec2", "*", FaultKind.Blocked),
        new("InvalidClientTokenId", "autoscaling", "*", FaultKind.Blocked),
        new("InvalidClientTokenId", "rds", "*", FaultKind.Blocked),
        new("UnrecognizedClient", "sagemaker", "*", FaultKind.Blocked),
        new("UnrecognizedClient", "ecs", "*", FaultKind.Blocked),
        new("UnrecognizedClient", "bedrock", "*", FaultKind.Blocked),
        new("UnrecognizedClient", "logs", "*", FaultKind.Blocked),
        new("InvalidClientTokenId", "sns", "*", FaultKind.Blocked),
        .. Throttling.Select(code => new FaultRow(code, "*", "*", FaultKind.Retry)),
        // A transaction is under way on the item; the write by itself was not done (DynamoDB API reference, PutItem).
        new("TransactionConflict", "dynamodb", "*", FaultKind.Retry),

        // The service's own trouble. Budgets answers InternalErrorException with HTTP 400, which no SDK retries.
        new("InternalError", "*", "*", FaultKind.Retry),
        new("InternalServerError", "*", "*", FaultKind.Retry),
        new("InternalFailure", "*", "*", FaultKind.Retry),
        new("Service", "*", "*", FaultKind.Retry),
        new("ServiceUnavailable", "*", "*", FaultKind.Retry),
        new("RequestTimeout", "*", "*", FaultKind.Retry),

        // Credentials that ended on the way: the session is dropped and taken anew before the next try.
        new("ExpiredToken", "*", "*", FaultKind.Retry),
        new("RequestExpired", "*", "*", FaultKind.Retry),
        new("UnrecognizedClient", "*", "*", FaultKind.Retry),
        new("InvalidClientTokenId", "*", "*", FaultKind.Retry),
        new("InvalidSignature", "*", "*", FaultKind.Retry),

        // Paging that a change disturbed: from the first page again.
        new("InvalidNextToken", "*", "*", FaultKind.Conflict),
        new("ExpiredNextToken", "*", "*", FaultKind.Conflict),

        // STS. A missing role and one that does not trust us answer alike.
        new("AccessDenied", "sts", "AssumeRole", FaultKind.Blocked),
        new("RegionDisabled", "sts", "AssumeRole", FaultKind.Blocked),
        new("ValidationError", "sts", "AssumeRole", FaultKind.Blocked),

        // SSM.
        new("TooManyUpdates", "ssm", "*", FaultKind.Retry),
        new("ParameterNotFound", "ssm", "DeleteParameter", FaultKind.AlreadyDone),
        new("ParameterLimitExceeded", "ssm", "PutParameter", FaultKind.Blocked),
        new("ParameterMaxVersionLimitExceeded", "ssm", "PutParameter", FaultKind.Blocked),
        new("ParameterPatternMismatch", "ssm", "PutParameter", FaultKind.Blocked),
        new("HierarchyTypeMismatch", "ssm", "PutParameter", FaultKind.Blocked),
        new("UnsupportedParameterType", "ssm", "PutParameter", FaultKind.Blocked),
        new("AccessDenied", "ssm", "*", FaultKind.Blocked),
        new("Validation", "ssm", "PutParameter", FaultKind.Rejected),

        // Budgets: a create that finds its thing there, and a delete that does not, are done; what else is missing moved under our hands.
        new("DuplicateRecord", "budgets", "*", FaultKind.AlreadyDone),
        new("NotFound", "budgets", "Delete*", FaultKind.AlreadyDone),
        new("NotFound", "budgets", "*", FaultKind.Conflict),
        new("ResourceLocked", "budgets", "*", FaultKind.Retry),
        new("InvalidParameter", "budgets", "*", FaultKind.Rejected),
        // Which of the two Budgets answers to a value that breaks a rule of its shapes is documented nowhere; both mean the same.
        new("Validation", "budgets", "*", FaultKind.Rejected),
        new("CreationLimitExceeded", "budgets", "*", FaultKind.Rejected),
        new("ServiceQuotaExceeded", "budgets", "*", FaultKind.Rejected),
        new("BillingViewHealthStatus", "budgets", "*", FaultKind.Rejected),
        new("AccessDenied", "budgets", "*", FaultKind.Blocked),

        // IAM: an attachment that is not there, or whose role or policy is not, is done when it is taken away.
        new("NoSuchEntity", "iam", "*", FaultKind.AlreadyDone),
        new("UnmodifiableEntity", "iam", "*", FaultKind.Rejected),
        new("PolicyNotAttachable", "iam", "*", FaultKind.Rejected),
        new("InvalidInput", "iam", "*", FaultKind.Rejected),
        new("ValidationError", "iam", "*", FaultKind.Rejected),
        new("ConcurrentModification", "iam", "*", FaultKind.Retry),

        // EC2 and Auto Scaling: what has gone need not be stopped; what is on its way to another state is looked at again (EC2 API reference, "Error codes").
        new("UnauthorizedOperation", "ec2", "*", FaultKind.Blocked),

        new("InvalidInstanceID.NotFound", "ec2", "*", FaultKind.AlreadyDone),
        // What is to be given back must be: an instance has stopped within minutes, after which Lambda has run us again.
        new("IncorrectInstanceState", "ec2", "StartInstances", FaultKind.Retry),
        new("IncorrectInstanceState", "ec2", "*", FaultKind.Conflict),
        new("IncorrectState", "ec2", "*", FaultKind.Conflict),
        new("TagLimitExceeded", "ec2", "CreateTags", FaultKind.Blocked),
        new("UnsupportedOperation", "ec2", "*", FaultKind.Rejected),
        new("OperationNotPermitted", "ec2", "*", FaultKind.Rejected),
        new("Unsupported", "ec2", "*", FaultKind.Rejected),
        // No capacity or quota for it now: minutes seldom heal that, and an apply that fails for it would tell nothing else.
        new("InsufficientInstanceCapacity", "ec2", "*", FaultKind.Rejected),
        new("InstanceLimitExceeded", "ec2", "*", FaultKind.Rejected),
        new("VcpuLimitExceeded", "ec2", "*", FaultKind.Rejected),
        new("InvalidParameterValue", "ec2", "*", FaultKind.Rejected),
        new("ScalingActivityInProgress", "autoscaling", "*", FaultKind.Retry),
        new("ResourceContention", "autoscaling", "*", FaultKind.Retry),
        new("ValidationError", "autoscaling", "*", FaultKind.Rejected),

        new("DBInstanceNotFound", "rds", "*", FaultKind.AlreadyDone),
        new("InvalidDBInstanceState", "rds", "StartDB*", FaultKind.Retry),
        new("InvalidDBInstanceState", "rds", "*", FaultKind.Conflict),
        new("InvalidParameterCombination", "rds", "*", FaultKind.Rejected),
        new("InvalidParameterValue", "rds", "AddTagsToResource", FaultKind.Blocked),
        new("InvalidParameterValue", "rds", "*", FaultKind.Rejected),
        new("InsufficientDBInstanceCapacity", "rds", "*", FaultKind.Rejected),
        new("KMSKeyNotAccessibleFault", "rds", "*", FaultKind.Rejected),
        new("DBClusterNotFoundFault", "rds", "*", FaultKind.AlreadyDone),
        new("InvalidDBClusterStateFault", "rds", "StartDBCluster", FaultKind.Retry),
        new("InvalidDBClusterStateFault", "rds", "*", FaultKind.Conflict),
        new("InvalidDBShardGroupState", "rds", "*", FaultKind.Conflict),

        // SNS, asked about topics and given messages: what it refuses is told to people. Of its key what a person has switched off or not granted.
        new("NotFound", "sns", "*", FaultKind.Rejected),
        new("InvalidParameter", "sns", "*", FaultKind.Rejected),
        new("InvalidParameterValue", "sns", "*", FaultKind.Rejected),
        new("Validation", "sns", "*", FaultKind.Rejected),
        new("AuthorizationError", "sns", "*", FaultKind.Blocked),
        new("KMSAccessDenied", "sns", "*", FaultKind.Blocked),
        new("KMSDisabled", "sns", "*", FaultKind.Blocked),
        new("KMSInvalidState", "sns", "*", FaultKind.Blocked),
        new("KMSNotFound", "sns", "*", FaultKind.Blocked),
        new("KMSOptInRequired", "sns", "*", FaultKind.Blocked),
        new("KMSThrottling", "sns", "*", FaultKind.Retry),

        // One error for a notebook that is not there and for one that is on its way to another state: the next listing tells which (its API names no other).
        new("Validation", "sagemaker", "StartNotebookInstance", FaultKind.Retry),
        new("Validation", "sagemaker", "*", FaultKind.Conflict),
        new("ResourceLimitExceeded", "sagemaker", "*", FaultKind.Rejected),

        new("ServiceNotFound", "ecs", "*", FaultKind.AlreadyDone),
        new("ClusterNotFound", "ecs", "*", FaultKind.AlreadyDone),
        new("ServiceNotActive", "ecs", "*", FaultKind.AlreadyDone),
        new("ResourceNotFound", "ecs", "*", FaultKind.AlreadyDone),
        new("InvalidParameter", "ecs", "*", FaultKind.Rejected),
        new("UnsupportedFeature", "ecs", "*", FaultKind.Rejected),
        new("Client", "ecs", "*", FaultKind.Rejected),
        new("Server", "ecs", "*", FaultKind.Retry),

        new("OptInRequired", "compute-optimizer", "*", FaultKind.Blocked),
        new("ResourceNotFound", "compute-optimizer", "*", FaultKind.Rejected),
        new("InvalidParameterValue", "compute-optimizer", "*", FaultKind.Rejected),

        // Organizations.
        new("AWSOrganizationsNotInUse", "organizations", "*", FaultKind.Blocked),
        new("AccessDenied", "organizations", "*", FaultKind.Blocked),
        new("ChildNotFound", "organizations", "ListParents", FaultKind.Rejected),
        new("ConcurrentModification", "organizations", "*", FaultKind.Retry),
        new("PolicyChangesInProgress", "organizations", "*", FaultKind.Retry),
        new("DuplicatePolicyAttachment", "organizations", "AttachPolicy", FaultKind.AlreadyDone),
        new("PolicyNotAttached", "organizations", "DetachPolicy", FaultKind.AlreadyDone),
        new("TargetNotFound", "organizations", "DetachPolicy", FaultKind.AlreadyDone),
        new("TargetNotFound", "organizations", "*", FaultKind.Rejected),
        new("PolicyNotFound", "organizations", "*", FaultKind.Rejected),
        new("PolicyTypeNotEnabled", "organizations", "*", FaultKind.Rejected),
        new("ConstraintViolation", "organizations", "*", FaultKind.Rejected),
        new("InvalidInput", "organizations", "*", FaultKind.Rejected),

        // Cost Explorer: another try is another request to pay for, and none of these heals by waiting seconds.
        new("DataUnavailable", "ce", "*", FaultKind.Rejected),
        new("BillExpiration", "ce", "*", FaultKind.Rejected),
        new("Validation", "ce", "*", FaultKind.Rejected),
        new("RequestChanged", "ce", "*", FaultKind.Conflict),

        // S3: a file that is not there yet is no fault of ours, a bucket that is gone is.
        new("NoSuchKey", "s3", "GetObject", FaultKind.Conflict),
        new("NoSuchBucket", "s3", "*", FaultKind.Blocked),

        // DynamoDB, SQS, EventBridge in our own account: what a deployment forgot to permit.
        new("AccessDenied", "*", "*", FaultKind.Blocked),
        new("ConditionalCheckFailed", "dynamodb", "*", FaultKind.Conflict),
        // Its reasons say whether another try helps; who sent it reads them.
        new("TransactionCanceled", "dynamodb", "TransactWriteItems", FaultKind.Conflict),

        // Lambda, whose functions of spokes are asked: one that is not there is not deployed.
        new("ResourceNotFound", "lambda", "Invoke", FaultKind.Blocked),
        new("FunctionError", "lambda", "Invoke", FaultKind.Rejected),

        // Bedrock: a profile that is gone has no model; a role that has just come cannot write yet.
        new("ResourceNotFound", "bedrock", "*", FaultKind.Rejected),
        new("ResourceNotFound", "logs", "*", FaultKind.Rejected),
        new("Validation", "bedrock", "*", FaultKind.Rejected),
    ];

    /// <summary>Says what an exception of an AWS call means.</summary>
    /// <param name="service">The signing name of the service called, for example <c>budgets</c>.</param>
    /// <param name="operation">The operation called, for example <c>CreateBudget</c>.</param>
    /// <returns>The fault, or null where the exception is none of AWS's or the network's: a bug, for the top of the process.</returns>
    public static AwsFault? Read(Exception exception, string service, string operation)
    {
        switch (exception)
        {
            case AmazonServiceException { ErrorCode: { Length: > 0 } errorCode } error:
                var code = Normalize(errorCode);
                if (service == "budgets" && code == "AccessDenied" && !SaysIam(error.Message))
                    return new AwsFault(FaultKind.Pending, code, service, operation, error.Message, Known: true);
                var row = Rows.FirstOrDefault(row => row.Code == code && Fits(row.Service, service) && Fits(row.Operation, operation));
                return row is not null
                    ? new AwsFault(row.Kind, code, service, operation, error.Message, Known: true)
                    : new AwsFault(FaultKind.Retry, code, service, operation, error.Message, Known: error.StatusCode >= HttpStatusCode.InternalServerError);
            case AmazonServiceException error:
                // No code: an answer that is not AWS's (a proxy, a broken connection the SDK wrapped).
                return new AwsFault(FaultKind.Retry, "NoErrorCode", service, operation, error.Message, Known: true);
            case AmazonClientException or HttpRequestException or IOException or TimeoutException:
            case TaskCanceledException { InnerException: TimeoutException }:
                return new AwsFault(FaultKind.Retry, exception.GetType().Name, service, operation, exception.Message, Known: true);
            default:
                return null;
        }
    }

    /// <summary>Whether a service refused because it was called too fast.</summary>
    public static bool IsThrottling(AmazonServiceException exception) =>
        exception.ErrorCode is { Length: > 0 } code && Throttling.Contains(Normalize(code));

    /// <summary><c>com.amazonaws.ssm#ParameterNotFoundException:http://…</c> is <c>ParameterNotFound</c> (AWS JSON protocol).</summary>
    internal static string Normalize(string code)
    {
        var hash = code.LastIndexOf('#');
        if (hash >= 0) code = code[(hash + 1)..];
        var colon = code.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0) code = code[..colon];
        return code.EndsWith("Exception", StringComparison.Ordinal) ? code[..^"Exception".Length] : code;
    }

    /// <summary>
    /// IAM's own refusals name the permission that is missing; every other AccessDenied of Budgets is about the account itself:
    /// in the first day of its life AWS has no billing of it yet.
    /// </summary>
    private static bool SaysIam(string message) =>
        message.Contains("not authorized to perform", StringComparison.OrdinalIgnoreCase)
            || message.Contains("explicit deny", StringComparison.OrdinalIgnoreCase);

    private static bool Fits(string pattern, string text) =>
        pattern == "*" || pattern == text || (pattern.EndsWith('*') && text.StartsWith(pattern[..^1], StringComparison.Ordinal));
}
