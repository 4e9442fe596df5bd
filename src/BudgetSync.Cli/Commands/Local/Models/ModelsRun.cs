using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Metering;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>
/// One run of <c>budgetsync local --ai</c>: deploys with models metered, lets a team call them through an hour before midnight, and shows it warned, suspended
/// and given back.
/// </summary>
internal static class ModelsRun
{
    /// <summary>A picture shows that much time: one of the team calls in it.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    /// <summary>Through midnight, with which a new window begins.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(70);

    public static async Task<int> RunAsync(LocalSettings settings, ModelsSettings models, ConsoleContext terminal, CancellationToken cancellation)
    {
        var now = terminal.Time.GetUtcNow();
        var clock = new VirtualClock(new DateTimeOffset(now.Year, now.Month, now.Day, 23, 0, 0, TimeSpan.Zero));
        await using var cloud = new LocalCloud(LocalRun.OptionsFor(settings, clock) with { Time = clock, Stepped = true });
        try
        {
            return await PlayAsync(settings, models, cloud, clock, terminal, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }

    private static async Task<int> PlayAsync(
        LocalSettings settings, ModelsSettings models, LocalCloud cloud, VirtualClock clock, ConsoleContext terminal, CancellationToken cancellation)
    {
        var driver = new LapseDriver(cloud, clock);
        await terminal.Error.WriteLineAsync($"Deploying BudgetSync with models metered into {ShownModels.Account}.");
        cloud.Organizations.EnableServiceControlPolicies();
        await driver.UntilDoneAsync(
            LocalOrganization.CreateAsync(
                cloud, settings.Defaults, [ShownModels.Account], settings.WithoutStack, LocalOrganization.UseCodeInProcess, LocalFeature.Ai),
            cancellation);
        using var hub = new AwsClients(LocalRun.Administrator(settings.ManagementAccount, cloud.Options.Region), cloud.CreateHandler());
        using var spoke = new AwsClients(LocalRun.Administrator(AccountId.Parse(ShownModels.Account), cloud.Options.Region), cloud.CreateHandler());
        await driver.UntilDoneAsync(new RowWriter(hub.Dynamo, clock).WriteAsync([ShownModels.Entry()], cancellation), cancellation);
        driver.Settle(cancellation);

        var caller = new AwsCaller(terminal.Time, new Random(0), new JsonLog(null, terminal.Time));
        var shown = new ShownModels(
            cloud,
            new StatusTable(hub.Dynamo, LocalOrganization.StatusTable, caller),
            new AiTable(spoke.Dynamo, LocalOrganization.AiTable, caller),
            settings.Defaults);
        var start = clock.GetUtcNow();
        IReadOnlyList<ModelsRow> rows = [];
        if (terminal.Interactive)
        {
            await new LapseStage(cloud, clock, terminal).ShowAsync(
                start + Length,
                TimeSpan.FromSeconds(models.Seconds),
                StepAsync,
                screen => ModelsTable.Render(clock.GetUtcNow(), rows, screen.Width, shown.Story),
                cancellation);
        }
        else
        {
            var told = 0;
            while (clock.GetUtcNow() < start + Length)
            {
                await StepAsync();
                foreach (var line in shown.Story.Skip(told)) terminal.TellFolded(line, indent: 7);
                told = shown.Story.Count;
            }

            var screen = terminal.Screen(terminal.Out);
            if (settings.Json) await terminal.Out.WriteLineAsync(ModelsTable.Json(rows));
            else screen.Write(ModelsTable.Render(clock.GetUtcNow(), rows, screen.Profile.Width, []));
        }

        if (settings.Json && terminal.Interactive) await terminal.Out.WriteLineAsync(ModelsTable.Json(rows));
        foreach (var line in shown.Seen()) terminal.TellFolded(line, indent: 2);
        return ExitCode.Done;

        // Somebody calls, what follows from it happens, and somebody may give back what was taken.
        async Task StepAsync()
        {
            await driver.UntilDoneAsync(shown.CallAsync(clock.GetUtcNow() - start, cancellation), cancellation);
            driver.PassUntil(clock.GetUtcNow() + Step, cancellation);
            rows = await shown.LookAsync(cancellation);
            await driver.UntilDoneAsync(shown.RestoreAsync(cancellation), cancellation);
        }
    }
}
