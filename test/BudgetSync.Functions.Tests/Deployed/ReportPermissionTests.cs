using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Least privilege of Report's own stack, proved as that of the others is: nothing can be taken away unnoticed, and nothing is unused.</summary>
public sealed class ReportPermissionTests
{
    private static readonly AwsException Gone = new("ResourceNotFoundException", "Function not found", 404);
    private static readonly AwsException Busy = new("SlowDown", "Reduce your request rate.", 503);

    [Fact]
    public async Task The_template_allows_all_that_Report_needs() => Assert.Empty(await DenialsAsync(Templates.AsCommitted));

    [Fact]
    public Task Removing_any_single_action_is_noticed_as_a_denial() => LeastPrivilege.HoldsAsync(
        [.. GrantedAction.Of("report", Templates.AsCommitted.Report)],
        action => DenialsAsync(Templates.AsCommitted with { Report = action.RemovedFrom(Templates.AsCommitted.Report) }));

    /// <summary>A look before the first page and one after it, a run whose function is away, and one that fails three times.</summary>
    private static Task<IReadOnlyList<string>> DenialsAsync(Templates templates) => LeastPrivilege.DenialsAsync(
        () => ReportTests.DeployedAsync(templates),
        async organization =>
        {
            await ReportTests.InvokeAsync(organization, ReportTests.Context());
            await organization.PassAsync(TimeSpan.FromHours(1));
            await ReportTests.InvokeAsync(organization, ReportTests.Context());
            organization.Cloud.Faults.OnCalls(call => IsHourly(call) ? new Fault.Refusal(Gone) : null);
            await organization.PassAsync(TimeSpan.FromHours(1));
            organization.Cloud.Faults.Reset();
            organization.Cloud.Faults.OnCalls(call => call.Operation == "PutObject" ? new Fault.Refusal(Busy) : null);
            await organization.PassAsync(TimeSpan.FromHours(7));
        });

    private static bool IsHourly(AwsCall call) => call.Operation == "Invoke" && call.Caller.ServicePrincipal == "events.amazonaws.com"
        && call.Input["FunctionName"]?.ToString().EndsWith("BudgetSync-Report", StringComparison.Ordinal) == true;
}
