using System.Globalization;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>
/// One run of <c>budgetsync local --time-lapse</c>: deploys on the first of the month, lets the accounts spend, and plays the days in which that becomes
/// amounts, alerts and states.
/// </summary>
internal static class LapseRun
{
    /// <summary>A picture shows that much time at least: AWS computes amounts every 8 to 12 hours, so that nothing is missed between two.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromHours(2);

    public static async Task<int> RunAsync(LocalSettings settings, LapseSettings lapse, ConsoleContext terminal, CancellationToken cancellation)
    {
        var now = terminal.Time.GetUtcNow();
        var start = new DateTimeOffset(lapse.Month ?? new DateOnly(now.Year, now.Month, 1), TimeOnly.MinValue, TimeSpan.Zero);
        var clock = new VirtualClock(start);
        await using var cloud = new LocalCloud(LocalRun.OptionsFor(settings, clock) with { Time = clock, Stepped = true });
        try
        {
            return await PlayAsync(settings, lapse, new LapseStage(cloud, clock, terminal), start, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }

    private static async Task<int> PlayAsync(
        LocalSettings settings, LapseSettings lapse, LapseStage stage, DateTimeOffset start, CancellationToken cancellation)
    {
        var (cloud, terminal) = (stage.Cloud, stage.Terminal);
        var rows = await RowSource.ReadAsync(settings, terminal, cancellation);
        var wrong = LapseRows.Tell(rows, settings, terminal);
        if (wrong == rows.Count)
        {
            await terminal.Error.WriteLineAsync($"{Number.Count(wrong, "row")}, all rejected: there is nothing to play.");
            return ExitCode.Failed;
        }

        if (settings.BudgetActions) rows = ShownAction.AddTo(rows);
        if (settings.Channels) rows = ShownChannels.AddTo(rows, terminal.Error.WriteLine);
        if (settings.Responses) rows = ResponseRows.AddTo(rows, armed: true, terminal.Error.WriteLine);
        var accounts = rows.Select(row => row.Image.Key).Where(key => AccountId.TryParse(key, out _)).ToHashSet(StringComparer.Ordinal);
        var driver = new LapseDriver(cloud, stage.Clock);
        await terminal.Error.WriteLineAsync($"Deploying BudgetSync into {Number.Count(accounts.Count, "account")} on {LapseTable.Moment(start)}.");
        await driver.UntilDoneAsync(
            LocalOrganization.CreateAsync(
                cloud,
                settings.Defaults,
                accounts,
                settings.WithoutStack,
                LocalOrganization.UseCodeInProcess,
                settings.Feature),
            cancellation);
        using var clients = new AwsClients(LocalRun.Administrator(settings.ManagementAccount, cloud.Options.Region), cloud.CreateHandler());
        await driver.UntilDoneAsync(new RowWriter(clients.Dynamo, stage.Clock).WriteAsync(rows, cancellation), cancellation);
        driver.Settle(cancellation);
        foreach (var fault in settings.Faults) fault.Begin(cloud);

        var accountReader = new AccountReader(cloud.CreateHandler(), cloud.Options.Region, LocalOrganization.ParameterName, settings.Defaults, terminal.Time);
        var caller = new AwsCaller(terminal.Time, new Random(0), new JsonLog(null, terminal.Time));
        var status = new StatusTable(clients.Dynamo, LocalOrganization.StatusTable, caller);
        var resources = new RunningResources(cloud);
        if (settings.Responses) resources.Begin(accounts.Except(settings.WithoutStack));
        var responses = settings.Responses
            ? new ShownResponses(
                cloud,
                new BudgetsTable(clients.Dynamo, LocalOrganization.BudgetsTable, caller),
                status,
                new ResponseStory(new LedgerTable(clients.Dynamo, DeployedStack.LedgerTableName, caller)),
                resources)
            : null;
        var reader = new LapseReader(cloud, accountReader, status, settings.BudgetActions, responses);
        InventedSpend.Begin(cloud, await InventedSpend.BudgetsOfAsync(accounts, accountReader, cancellation), DateOnly.FromDateTime(start.UtcDateTime));
        var days = lapse.Days ?? DateTime.DaysInMonth(start.Year, start.Month);
        // The last minute of the last day: a moment later a period may have begun of which AWS has computed nothing yet.
        var end = start.AddDays(days).AddMinutes(-1);
        var last = await stage.PlayAsync(driver, reader, responses, end, Step, TimeSpan.FromSeconds(lapse.Seconds), cancellation);
        if (settings.Json) await terminal.Whole.WriteLineAsync(LapseTable.Json(last));
        else if (!terminal.Interactive) stage.Show(last);
        if (settings.Channels)
        {
            var messages = new ShownChannels(cloud, terminal);
            messages.Tell();
            await messages.WriteAsync(settings.Inbox, cancellation);
        }

        var emails = Number.Count(cloud.Budgets.Outbox.Count, "e-mail");
        await terminal.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Played {Number.Count(days, "day")}: {LapseTable.Sum(last)}, {emails} from AWS Budgets."));
        return wrong == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
