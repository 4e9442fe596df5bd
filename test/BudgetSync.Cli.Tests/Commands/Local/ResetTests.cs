namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A running local organization that begins anew on the same port.</summary>
public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_brings_back_the_rows_of_the_start_on_the_same_port()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 10 }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var port = new Uri(local.Endpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Tool.RunAsync(environment, "rows", "set", "222222222201", "--value", "777", "--yes", "--undo-file", Path.GetTempFileName());

        var reset = await Tool.RunAsync("local", "reset", "--port", port);
        var rows = await Tool.RunAsync(environment, "rows", "get", "222222222201");
        var status = await Tool.RunAsync(environment, "status");

        Assert.Equal((ExitCode.Done, $"budgetsync local on port {port} has begun anew.\n"), (reset.ExitCode, reset.Error));
        Assert.Contains("Reset: all is forgotten, and begins anew.", local.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("777", rows.Out, StringComparison.Ordinal);
        Assert.Contains("100 % of the covered ones were applied", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_runs_it_is_said()
    {
        var run = await Tool.RunAsync("local", "reset", "--port", "1");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("no 'budgetsync local' answers on 1", run.Error, StringComparison.Ordinal);
    }
}
