using System.Globalization;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local.Responses;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// One run of <c>budgetsync local</c>: deploy, write the rows, show their progress until they have settled, and, unless told otherwise, stay.
/// </summary>
internal static class LocalRun
{
    /// <summary>The cloud that the settings ask for, with nothing in it yet.</summary>
    /// <param name="callsKept">How many calls a test wants to see; here none looks at them.</param>
    public static LocalCloud CloudFor(LocalSettings settings, int callsKept = 0) =>
        new(OptionsFor(settings, TimeProvider.System) with
        {
            BillingDelay = TimeSpan.Zero,
            CallsKept = callsKept,
            Ec2 = new Ec2Options { StartTakes = PowerTakes, StopTakes = PowerTakes },
        });

    /// <summary>Of an instance, which on AWS takes up to a minute: somebody waits for it here.</summary>
    private static readonly TimeSpan PowerTakes = TimeSpan.FromSeconds(1);

    internal static LocalCloudOptions OptionsFor(LocalSettings settings, TimeProvider time) => new()
    {
        Outside = settings.Channels ? new MessageInbox(time) : null,
        ManagementAccountId = settings.ManagementAccount.Value,
        Budgets = new BudgetsOptions { Currency = settings.Currency, HistoryReachesBack = true },
    };

    /// <param name="cloud">Disposed at the end.</param>
    public static async Task<int> RunAsync(LocalSettings settings, LocalCloud cloud, ConsoleContext terminal, CancellationToken cancellation)
    {
        var (current, asked) = (cloud, settings);
        while (true)
        {
            await using (current)
            {
                if (await RunOnceAsync(asked, current, terminal, cancellation) is { } code) return code;
                // The next one is where the last was.
                asked = asked with { Port = current.Address?.Port ?? asked.Port };
            }

            await terminal.Error.WriteLineAsync("Reset: all is forgotten, and begins anew.");
            current = CloudFor(asked);
        }
    }

    /// <returns>The exit code; null where it was asked to begin anew.</returns>
    private static async Task<int?> RunOnceAsync(LocalSettings settings, LocalCloud cloud, ConsoleContext terminal, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = RunUntilDoneAsync(settings, cloud, terminal, stop.Token);
        if (await Task.WhenAny(run, cloud.ResetAsked) != run) await stop.CancelAsync();
        try
        {
            var code = await run;
            // A view that is interrupted may end as one that is done.
            return cloud.ResetAsked.IsCompleted && !cancellation.IsCancellationRequested ? null : code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C is how a run that stays up is meant to end.
            return settings.Once ? ExitCode.Failed : ExitCode.Done;
        }
#pragma warning disable CA1031 // Whatever it was doing when it was asked to begin anew, all of it is forgotten.
        catch when (cloud.ResetAsked.IsCompleted)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static async Task<int> RunUntilDoneAsync(LocalSettings settings, LocalCloud cloud, ConsoleContext terminal, CancellationToken cancellation)
    {
        var rows = await RowSource.ReadAsync(settings, terminal, cancellation);
        var accounts = rows.Select(row => row.Image.Key).Where(key => AccountId.TryParse(key, out _)).Distinct(StringComparer.Ordinal).ToList();
        if (settings.Empty) rows = [];
        if (settings.BudgetActions) rows = ShownAction.AddTo(rows);
        if (settings.Channels) rows = ShownChannels.AddTo(rows, terminal.Error.WriteLine);
        if (settings.Responses) rows = ResponseRows.AddTo(rows, armed: false, terminal.Error.WriteLine);
        if (settings.WithoutStack.FirstOrDefault(account => !accounts.Contains(account)) is { } unknown)
            throw new CommandException(
                $"--without-stack: no row is for the account {unknown}; the local organization has the accounts of its rows",
                ExitCode.Usage);
        var commands = settings.Processes ? await PublishedFunctions.PublishAsync(terminal, cancellation) : null;
        // A cloud that ends by itself has no other callers than functions that are processes of their own.
        if ((!settings.Once || settings.Processes) && await ListenAsync(cloud, settings, terminal, cancellation) is { } failed) return failed;

        var began = cloud.Time.GetTimestamp();
        await terminal.Error.WriteAsync($"Deploying BudgetSync into {Number.Count(accounts.Count, "account")} ... ");
        using (new DeploymentCount(terminal, () => LocalOrganization.Deployed(cloud, accounts)))
        {
            _ = await LocalOrganization.CreateAsync(
                cloud,
                settings.Defaults,
                accounts.ToHashSet(StringComparer.Ordinal),
                settings.WithoutStack,
                commands is null ? LocalOrganization.UseCodeInProcess : commands.UseIn,
                settings.Feature);
            await cloud.Work.WhenIdleAsync().WaitAsync(cancellation);
        }

        await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"done in {cloud.Time.GetElapsedTime(began).TotalSeconds:0.0} s"));

        using var clients = new AwsClients(Administrator(settings.ManagementAccount, cloud.Options.Region), cloud.CreateHandler());
        var caller = new AwsCaller(cloud.Time, new Random(0), new JsonLog(null, cloud.Time));
        var writer = new RowWriter(clients.Dynamo, cloud.Time);
        var reader = new RowProgressReader(
            new BudgetsTable(clients.Dynamo, LocalOrganization.BudgetsTable, caller),
            new StatusTable(clients.Dynamo, LocalOrganization.StatusTable, caller),
            new AccountReader(cloud.CreateHandler(), cloud.Options.Region, LocalOrganization.ParameterName, settings.Defaults, cloud.Time),
            rows,
            writer);
        var story = settings.Responses ? new ResponseStory(new LedgerTable(clients.Dynamo, DeployedStack.LedgerTableName, caller)) : null;
        if (story is not null) new RunningResources(cloud).Begin(accounts.Except(settings.WithoutStack));
        foreach (var fault in settings.Faults) fault.Begin(cloud);
        var settled = SettleAsync(cloud, settings, writer, reader, rows, cancellation);
        _ = settled.ContinueWith(_ => cloud.IsReady = true, cancellation, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        var hints = settings.Once ? null : Hints.For(cloud, [.. accounts.Select(AccountId.Parse)], settings.Responses, terminal);
        var live = terminal.Interactive && !settings.Json;
        var messages = settings.Channels ? new ShownChannels(cloud, terminal) : null;
        // Above the live table, which is redrawn: hints within it could not be copied.
        if (live && hints is not null) await terminal.WholeTalk.WriteLineAsync(hints);
        var progress = live
            ? await LiveView.ShowAsync(terminal, reader, settled, hints is not null, NewsAsync, cloud.Time, cancellation)
            : await PlainView.ShowAsync(terminal, reader, settled, settings.Json, cancellation);
        if (settings.BudgetActions) await TellActionsAsync(cloud, terminal, accounts, cancellation);
        if (messages is not null)
        {
            messages.Tell();
            await messages.WriteAsync(settings.Inbox, cancellation);
        }

        if (hints is not null) await PlainView.WatchAsync(terminal, reader, progress, hints, messages, story, cloud.Time, cancellation);
        return progress.Any(row => row.State is "Rejected") ? ExitCode.Failed : ExitCode.Done;

        async Task<IReadOnlyList<string>> NewsAsync(CancellationToken stop) =>
            [.. story is null ? [] : await story.NewsAsync(stop), .. messages?.News() ?? []];
    }

    private static async Task SettleAsync(
        LocalCloud cloud,
        LocalSettings settings,
        RowWriter writer,
        RowProgressReader reader,
        IReadOnlyList<RowEntry> rows,
        CancellationToken cancellation)
    {
        await writer.WriteAsync(rows, cancellation);
        await cloud.Work.WhenIdleAsync().WaitAsync(cancellation);
        // Nobody asks a run that ends by itself what was spent, and only an action or a message shows it.
        if (!settings.Once || settings.BudgetActions || settings.Channels)
            await SpendAsync(cloud, settings, await reader.ReadAsync(cancellation), cancellation);
        if (settings.Faults.Count == 0) return;
        foreach (var row in await reader.ReadAsync(cancellation))
        {
            foreach (var (fault, budget) in settings.Faults.SelectMany(fault => row.Budgets.Select(budget => (fault, budget))))
                fault.OnBudget(cloud, row.AccountId, budget.Settings.Name);
        }
    }

    /// <summary>Lets the accounts spend, AWS compute it at once instead of in hours, and the spokes report it as they would within a day.</summary>
    private static async Task SpendAsync(LocalCloud cloud, LocalSettings settings, IReadOnlyList<RowProgress> rows, CancellationToken cancellation)
    {
        var budgets = InventedSpend.BudgetsOf(rows);
        // Who wants to see a response does not wait for the end of the month.
        InventedSpend.Begin(cloud, budgets, DateOnly.FromDateTime(cloud.Time.GetUtcNow().UtcDateTime), settings.Responses);
        foreach (var (account, _) in budgets)
        {
            cloud.Budgets.Refresh(account);
            cloud.EventBridge.FireSchedules(account);
        }

        await cloud.Work.WhenIdleAsync().WaitAsync(cancellation);
    }

    private static async Task TellActionsAsync(LocalCloud cloud, ConsoleContext terminal, IReadOnlyList<string> accounts, CancellationToken cancellation)
    {
        foreach (var account in accounts)
        {
            foreach (var line in await ShownAction.LinesAsync(cloud.CreateHandler(), account, cloud.Options.Region, cancellation))
                await terminal.Error.WriteLineAsync(line);
        }
    }

    internal static async Task<int?> ListenAsync(LocalCloud cloud, LocalSettings settings, ConsoleContext terminal, CancellationToken cancellation)
    {
        // A run that ends by itself does not tell its port, so any free one is as good, unless one was asked for.
        var port = settings.Port ?? (settings.Once ? 0 : LocalOrganization.DefaultPort);
        try
        {
            await cloud.ListenAsync(port, cancellation);
            return null;
        }
        catch (IOException exception)
        {
            await terminal.Error.WriteLineAsync($"budgetsync: --port: {port} cannot be listened on: {exception.Message} Give another, or 0 for any free one.");
            return ExitCode.Failed;
        }
    }

    internal static Dictionary<string, string> Administrator(AccountId account, string region) =>
        new() { ["AWS_REGION"] = region, ["AWS_ACCESS_KEY_ID"] = account.Value, ["AWS_SECRET_ACCESS_KEY"] = "local" };
}
