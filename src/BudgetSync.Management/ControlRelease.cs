using BudgetSync.Aws;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Organizations;

namespace BudgetSync.Management;

/// <summary>
/// The stack's custom resource beside the organization's policies: before they go, it frees what they are attached to, which is why the stack lets the round
/// go first, that would attach them again.
/// </summary>
internal sealed class ControlRelease(ControlPolicies policies, CustomResourceAnswer answer, TimeProvider time)
{
    /// <param name="remaining">What is not done in it is told to CloudFormation; a deletion that is asked for again goes on.</param>
    /// <exception cref="AwsFaultException">The policies cannot be read, which CloudFormation has been told, or the answer could not be sent.</exception>
    public async Task AnswerAsync(CustomResourceRequest request, TimeSpan remaining, CancellationToken cancellation)
    {
        try
        {
            var released = await policies.ReleaseAsync(request.LostPolicies, new Deadline(time, remaining), cancellation);
            await SendAsync(released.IsComplete, released.Text(request.Type));
        }
        catch (AwsFaultException stuck)
        {
            await SendAsync(succeeded: false, stuck.Message);
            throw;
        }

        Task SendAsync(bool succeeded, string reason) => answer.SendAsync(
            request, succeeded, Redaction.Clean(reason, Limits.CustomResourceReason), new Dictionary<string, string>(), cancellation);
    }
}
