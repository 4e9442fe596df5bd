using System.Globalization;
using System.Text.Json;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>
/// What <c>local --time-lapse --responses</c> shows at work: in each account an instance and an auto scaling group run, rows stop them when the money is gone,
/// somebody snoozes the first account that is stopped, and there all of it comes back.
/// </summary>
internal sealed class ShownResponses(LocalCloud cloud, BudgetsTable budgets, StatusTable status)
{
    private const string Attribute = "Responses";
    private const string Why = "release week";

    /// <summary>From the first stop to the snooze.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    private static readonly RowValue Responses = Read("""[{"At":"Over","Do":"STOP_ALL","Mode":"ARMED"}]""");

    private readonly List<(Ec2Instance Instance, ScalingGroup Group)> resources = [];
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset At, string Text)> story = [];
    private (string Account, DateTimeOffset At)? stopped;
    private bool isSnoozed;
    private IReadOnlyDictionary<string, string> states = new Dictionary<string, string>();

    /// <summary>What has happened, in order: <c>2026-05-14 06:00 UTC  111122223333  i-0123456789abcdef0 is stopped</c>.</summary>
    public IReadOnlyList<string> Story => [.. story.Select(one => Printable.Line($"{LapseTable.Moment(one.At)}  {one.Text}"))];

    /// <summary>The same rows; those without Responses stop what runs in their account when it is over.</summary>
    public static IReadOnlyList<RowEntry> AddTo(IReadOnlyList<RowEntry> rows) => [.. rows.Select(
        row => row.Problems.Count > 0 || row.Image.Attributes.ContainsKey(Attribute)
            ? row
            : row with { Image = new RowImage(row.Image.Attributes.Items.SetItem(Attribute, Responses)) })];

    /// <summary>Lets the accounts have what can be stopped.</summary>
    public void Begin(IEnumerable<string> accounts)
    {
        foreach (var account in accounts.Order(StringComparer.Ordinal))
            resources.Add((cloud.Ec2.Run(new InstanceDefinition(account)), cloud.AutoScaling.PutGroup(account, "web", 1, 2, 4)));
        foreach (var (instance, group) in resources)
        {
            known[instance.Id] = Text(instance);
            known[group.Arn] = Text(group);
        }
    }

    /// <summary>What runs of what an account has: <c>3 of 3</c>.</summary>
    public string Running(string account)
    {
        if (resources.Find(one => one.Instance.Definition.AccountId == account) is not ({ } instance, { } group)) return "";
        return string.Create(CultureInfo.InvariantCulture, $"{(Runs(instance) ? 1 : 0) + group.Desired} of 3");
    }

    /// <summary>Where the account's restriction stands: <c>InForce</c>; empty where there is none.</summary>
    public string State(string account) => states.GetValueOrDefault(account, "");

    /// <summary>Takes up what has happened since the last look, and snoozes when it is time to.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = cloud.Time.GetUtcNow();
        var rows = await status.ScanAsync(cancellation);
        states = rows.Where(row => !row.Restrictions.IsEmpty)
            .ToDictionary(row => row.Key, row => row.Restrictions[^1].State.Name, StringComparer.Ordinal);
        foreach (var row in rows.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            foreach (var restriction in row.Restrictions)
            {
                // The time of what is planned is when it is due.
                var at = restriction.State.Time < now ? restriction.State.Time : now;
                var fact = restriction.State is RestrictionState.Planned or RestrictionState.InForce ? $": {restriction.Fact}" : "";
                Tell(at, $"{row.Key}/{restriction.Id}", $"{row.Key}  {new RestrictionChange(row.Key, restriction).Text}{fact}");
                if (restriction.State is RestrictionState.InForce) stopped ??= (row.Key, now);
            }
        }

        foreach (var (instance, group) in resources)
        {
            Tell(now, instance.Id, Text(instance));
            Tell(now, group.Arn, Text(group));
        }

        if (!isSnoozed && stopped is { } first && now >= first.At + Patience) await SnoozeAsync(first.Account, now, cancellation);
    }

    private async Task SnoozeAsync(string account, DateTimeOffset now, CancellationToken cancellation)
    {
        isSnoozed = true;
        if (await budgets.ReadAsync(account, cancellation) is not { } row) return;
        var until = new DateOnly(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month));
        var snooze = Read($$"""{"Until":"{{until:yyyy-MM-dd}}","Why":"{{Why}}"}""");
        await budgets.WriteAsync(row, new RowImage(row.Attributes.Items.SetItem("Snooze", snooze)), cancellation);
        story.Add((now, $"{account}  somebody snoozes it through {until:yyyy-MM-dd}: {Why}"));
    }

    private void Tell(DateTimeOffset at, string about, string text)
    {
        if (known.GetValueOrDefault(about) == text) return;
        known[about] = text;
        story.Add((at, text));
    }

    private static bool Runs(Ec2Instance instance) => instance.State is InstanceState.Running or InstanceState.Pending;

    private static string Text(Ec2Instance instance) => $"{instance.Definition.AccountId}  {instance.Id} {(Runs(instance) ? "runs" : "is stopped")}";

    private static string Text(ScalingGroup group) => $"{group.AccountId}  the auto scaling group {group.Name} has {Number.Count(group.Desired, "instance")}";

    private static RowValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
