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

    /// <summary>So far it is played where it stays up: a role and a key are suspended, and nobody has given anything back.</summary>
    private static readonly TimeSpan StayLength = TimeSpan.FromMinutes(33);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>In a deployment Meter looks at what people ask for every five minutes, for which nobody waits here.</summary>
    private const int TicksBetweenLooks = 20;

    public static async Task<int> RunAsync(LocalSettings settings, ModelsSettings models, ConsoleContext terminal, CancellationToken cancellation)
    {
        var now = terminal.Time.GetUtcNow();
        var midnight = new DateTimeOffset(now.Year, now.Month, now.Day, 0, 0, 0, TimeSpan.Zero);
        // Who stays ends in the present, as the commands that look at it do, and never in another window than it began in.
        var clock = new VirtualClock(
            settings.Port is null ? midnight.AddHours(23) : new[] { midnight, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)) - StayLength }.Max());
        await using var cloud = new LocalCloud(LocalRun.OptionsFor(settings, clock) with { Time = clock, Stepped = true });
        try
        {
            return await PlayAsync(settings, models, cloud, clock, terminal, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C is how a run that stays up is meant to end.
            return cloud.IsReady ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private static async Task<int> PlayAsync(
        LocalSettings settings, ModelsSettings models, LocalCloud cloud, VirtualClock clock, ConsoleContext terminal, CancellationToken cancellation)
    {
        var stays = settings.Port is not null;
        var driver = new LapseDriver(cloud, clock);
        if (stays && await LocalRun.ListenAsync(cloud, settings, terminal, cancellation) is { } failed) return failed;
        await terminal.Error.WriteLineAsync($"Deploying BudgetSync with models metered into {ShownModels.Account}.");
        cloud.Organizations.EnableServiceControlPolicies();
        await driver.UntilDoneAsync(
            LocalOrganization.CreateAsync(
                cloud, settings.Defaults, [ShownModels.Account], settings.WithoutStack, LocalOrganization.UseCodeInProcess, LocalFeature.Ai),
            cancellation);
        using var hub = new AwsClients(LocalRun.Administrator(settings.ManagementAccount, cloud.Options.Region), cloud.CreateHandler());
        using var spoke = new AwsClients(LocalRun.Administrator(AccountId.Parse(ShownModels.Account), cloud.Options.Region), cloud.CreateHandler());
        await driver.UntilDoneAsync(new RowWriter(hub.Dynamo, clock).WriteAsync([ShownModels.Entry(stays)], cancellation), cancellation);
        driver.Settle(cancellation);

        var caller = new AwsCaller(terminal.Time, new Random(0), new JsonLog(null, terminal.Time));
        var shown = new ShownModels(
            cloud,
            new StatusTable(hub.Dynamo, LocalOrganization.StatusTable, caller),
            new AiTable(spoke.Dynamo, LocalOrganization.AiTable, caller),
            settings.Defaults,
            stays);
        var length = stays ? StayLength : Length;
        var start = clock.GetUtcNow();
        IReadOnlyList<ModelsRow> rows = [];
        if (terminal.Interactive)
        {
            await new LapseStage(cloud, clock, terminal).ShowAsync(
                start + length,
                TimeSpan.FromSeconds(models.Seconds),
                StepAsync,
                screen => ModelsTable.Render(clock.GetUtcNow(), rows, screen.Width, shown.Story),
                cancellation);
        }
        else
        {
            var told = 0;
            while (clock.GetUtcNow() < start + length)
            {
                await StepAsync();
                foreach (var line in shown.Story.Skip(told)) terminal.TellFolded(line, indent: 7);
                told = shown.Story.Count;
            }

            var screen = terminal.Screen(terminal.Out);
            if (settings.Json) await terminal.Whole.WriteLineAsync(ModelsTable.Json(rows));
            else screen.Write(ModelsTable.Render(clock.GetUtcNow(), rows, screen.Profile.Width, []));
        }

        if (settings.Json && terminal.Interactive) await terminal.Whole.WriteLineAsync(ModelsTable.Json(rows));
        if (stays) await StayAsync();
        foreach (var line in shown.Seen()) terminal.TellFolded(line, indent: 2);
        return ExitCode.Done;

        // Time goes on as it does, and what is asked for over the port happens.
        async Task StayAsync()
        {
            await terminal.WholeTalk.WriteLineAsync(ModelsHints.For(cloud, terminal));
            cloud.IsReady = true;
            var (began, moment) = (TimeProvider.System.GetTimestamp(), clock.GetUtcNow());
            for (var ticks = 0; ; ticks = (ticks + 1) % TicksBetweenLooks)
            {
                if (ticks == 0) cloud.EventBridge.FireSchedules(ShownModels.Account);
                driver.PassUntil(moment + TimeProvider.System.GetElapsedTime(began), cancellation);
                await Task.Delay(Tick, TimeProvider.System, cancellation);
            }
        }

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
