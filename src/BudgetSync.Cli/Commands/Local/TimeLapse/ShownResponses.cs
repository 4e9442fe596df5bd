using System.Text.Json;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>
/// What <c>local --time-lapse --responses</c> shows at work: rows stop what runs in an account that is over, somebody snoozes the first account that is
/// stopped, and there all of it comes back.
/// </summary>
internal sealed class ShownResponses(LocalCloud cloud, BudgetsTable budgets, StatusTable status, ResponseStory story, RunningResources resources)
{
    private const string Why = "release week";

    /// <summary>From the first stop to the snooze.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    private (string Account, DateTimeOffset At)? stopped;
    private bool isSnoozed;
    private IReadOnlyDictionary<string, string> states = new Dictionary<string, string>();

    /// <summary>What has happened, in order, each with its own time.</summary>
    public IReadOnlyList<string> Story => story.Lines;

    /// <inheritdoc cref="RunningResources.Running"/>
    public string Running(string account) => resources.Running(account);

    /// <summary>Where the account's restriction stands: <c>InForce</c>; empty where there is none.</summary>
    public string State(string account) => states.GetValueOrDefault(account, "");

    /// <summary>Takes up what has happened since the last look, and snoozes when it is time to.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = cloud.Time.GetUtcNow();
        await story.LookAsync(cancellation);
        var rows = (await status.ScanAsync(cancellation)).Where(row => !row.Restrictions.IsEmpty).OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        states = rows.ToDictionary(row => row.Key, row => row.Restrictions[^1].State.Name, StringComparer.Ordinal);
        if (rows.Find(row => row.Restrictions.Any(restriction => restriction.State is RestrictionState.InForce)) is { } first) stopped ??= (first.Key, now);
        if (!isSnoozed && stopped is { } account && now >= account.At + Patience) await SnoozeAsync(account.Account, now, cancellation);
    }

    private async Task SnoozeAsync(string account, DateTimeOffset now, CancellationToken cancellation)
    {
        isSnoozed = true;
        if (await budgets.ReadAsync(account, cancellation) is not { } row) return;
        var until = new DateOnly(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month));
        var snooze = Read($$"""{"Until":"{{until:yyyy-MM-dd}}","Why":"{{Why}}"}""");
        await budgets.WriteAsync(row, new RowImage(row.Attributes.Items.SetItem("Snooze", snooze)), cancellation);
        story.Add(now, $"{account}  somebody snoozes it through {until:yyyy-MM-dd}: {Why}");
    }

    private static RowValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
