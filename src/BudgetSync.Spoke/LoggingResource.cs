using BudgetSync.Aws;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Metering;

namespace BudgetSync.Spoke;

/// <summary>
/// The stack's resource that turns model invocation logging on where nobody has, and off again when the stack goes, after it has given everybody back what a
/// budget of models took. It answers the log group to subscribe to, which is somebody else's where they log already.
/// </summary>
/// <param name="budgets">What of anybody's access is to be given back; null where the stack takes none.</param>
internal sealed class LoggingResource(InvocationLog logging, ModelBudgets? budgets, CustomResourceAnswer answer)
{
    /// <exception cref="AwsFaultException">The work failed, which CloudFormation has been told, or the answer could not be sent.</exception>
    public async Task AnswerAsync(CustomResourceRequest request, CancellationToken cancellation)
    {
        try
        {
            // First: IAM deletes no policy that is attached, and a key of ours would stay Inactive for good.
            if (request.Type == "Delete" && budgets is not null) await budgets.ReleaseAsync(cancellation);
            var logged = request.Type == "Delete" ? await logging.RemoveAsync(cancellation) : await logging.PutAsync(cancellation);
            await SendAsync(request, true, Reason(logged), logged, cancellation);
        }
        catch (AwsFaultException failure)
        {
            await SendAsync(request, false, failure.Message, null, cancellation);
            throw;
        }
    }

    private static string Reason(LoggedModels? logged) => logged switch
    {
        null => "Model invocation logging of ours is off.",
        { Blind: { } blind } => $"Blind: {blind}.",
        { IsOurs: true } => "Model invocation logging is on, with all delivery of data off.",
        _ => $"Model invocation logging is somebody else's and stays as it is; its log group {logged.Group} is subscribed to.",
    };

    private Task SendAsync(CustomResourceRequest request, bool succeeded, string reason, LoggedModels? logged, CancellationToken cancellation) =>
        answer.SendAsync(
            request,
            succeeded,
            Redaction.Clean(reason, Limits.CustomResourceReason),
            logged is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["LogGroup"] = logged.Group, ["Blind"] = logged.Blind ?? "" },
            cancellation);
}
