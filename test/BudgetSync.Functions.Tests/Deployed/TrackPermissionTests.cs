using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of Track's own stack, proved as that of the others is: nothing can be taken away unnoticed, and nothing is unused.</summary>
public sealed class TrackPermissionTests
{
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);
    private static readonly AwsException Busy = new("ThrottlingException", "Rate exceeded");

    [Fact]
    public async Task The_template_allows_all_that_Track_needs() => Assert.Empty(await DenialsAsync(Templates.AsCommitted));

    [Fact]
    public Task Removing_any_single_action_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [.. GrantedAction.Of("track", Templates.AsCommitted.Track)],
        action => DenialsAsync(Templates.AsCommitted with { Track = action.RemovedFrom(Templates.AsCommitted.Track) }));

    /// <summary>Two runs, one whose function is away, and one that fails three times: everything that the stack ever does.</summary>
    private static Task<IReadOnlyList<string>> DenialsAsync(Templates templates) => LeastPrivilege.DenialsAsync(
        () => TrackTests.DeployedAsync(templates: templates),
        async organization =>
        {
            await organization.PassAsync(TimeSpan.FromDays(1));
            organization.Cloud.Faults.OnCalls(call =>
                call.Operation == "Invoke" && call.Caller.ServicePrincipal == "events.amazonaws.com" ? new Fault.Refusal(Gone) : null);
            await organization.PassAsync(TimeSpan.FromHours(12));
            organization.Cloud.Faults.Reset();
            organization.Cloud.Faults.OnCalls(call => call.Operation == "GetCostAndUsage" ? new Fault.Refusal(Busy) : null);
            await organization.PassAsync(TimeSpan.FromDays(2));
        });
}
