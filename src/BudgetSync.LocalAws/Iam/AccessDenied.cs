using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>The refusal in AWS's words, under the error name and status of the service that gives it.</summary>
internal static class AccessDenied
{
    public static AwsException For(AwsCall call, IamRequest request, string because) =>
        Of(
            call.Service,
            $"User: {call.Caller.ServicePrincipal ?? call.Caller.SessionArn} is not authorized to perform: {request.Action} on resource: "
                + $"{request.Resource} {because}");

    public static AwsException Of(string service, string message) => service switch
    {
        "sts" or "iam" or "sqs" or "s3" or "autoscaling" or "rds" => new AwsException("AccessDenied", message, 403),
        // EC2 has an error of its own (EC2 API reference, "Error codes").
        "ec2" => new AwsException("UnauthorizedOperation", $"You are not authorized to perform this operation. {message}", 403),
        "sns" => new AwsException("AuthorizationError", message, 403),
        "lambda" or "bedrock" => new AwsException("AccessDeniedException", message, 403),
        _ => new AwsException("AccessDeniedException", message),
    };
}
