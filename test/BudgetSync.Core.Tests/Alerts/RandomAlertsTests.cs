using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>
/// Three budgets, three channels with room for two messages an hour, rows that change, channels that come and go, senders that fail and die: each channel that
/// stays is told a story that opens, gets worse level by level, each told once, and ends once.
/// </summary>
public sealed class RandomAlertsTests
{
    private static readonly ImmutableDictionary<string, Channel> All = new[]
    {
        new Channel("chat", ChannelKind.Slack), new Channel("pager", ChannelKind.PagerDuty), new Channel("itsm", ChannelKind.ServiceNow),
    }.ToImmutableDictionary(channel => channel.Name);

    private static readonly ImmutableArray<string> Names = [.. All.Keys.Order(StringComparer.Ordinal)];

    private readonly Dictionary<string, string?> levels = [];
    private readonly Dictionary<(string Channel, string Key), List<string>> told = [];
    private readonly Dictionary<(string Channel, string Hour), int> places = [];
    private AccountAlerts ledger = new("111122223333");
    private ImmutableDictionary<string, Channel> channels = All;
    private ImmutableArray<AlertRoute> routes = [.. Names.Select(name => new AlertRoute(name, AlertSeverity.Info))];
    private DateTimeOffset now = SampleAlerts.At;
    private int claims;

    [Fact]
    public void Each_channel_is_told_each_level_once_and_once_that_it_is_over()
    {
        for (var seed = 0; seed < 700; seed++)
        {
            var run = new RandomAlertsTests();
            var gone = run.Live(new Random(seed), channelsGo: seed % 2 == 1);
            run.End();

            Assert.True(run.ledger.IsEmpty, $"seed {seed}");
            foreach (var (_, story) in run.told.Where(one => !gone.Contains(one.Key.Channel)))
                Assert.True(IsWhole(story), $"seed {seed}: {string.Join(" | ", story)}");
        }
    }

    private static bool IsWhole(List<string> story)
    {
        var (open, known) = (false, new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in story)
        {
            if (line.StartsWith("Opened", StringComparison.Ordinal) == open) return false;
            if (!open) known.Clear();
            open = !line.StartsWith("Resolved", StringComparison.Ordinal);
            if (line[0] is 'O' or 'E' && !known.Add(line.Split(' ')[1])) return false;
        }

        return !open;
    }

    /// <returns>The channels that were away at some time.</returns>
    private HashSet<string> Live(Random random, bool channelsGo)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 40; step++)
        {
            now = now.AddMinutes(random.Next(1, random.Next(10) == 0 ? 5_000 : 90));
            for (var change = random.Next(3); change > 0; change--)
                levels[$"b{random.Next(3)}"] = random.Next(4) switch { 0 => null, 1 => "Over", 2 => "Critical", _ => "Shutdown" };
            if (random.Next(8) == 0)
                routes = [.. Names.Where(_ => random.Next(3) > 0).Select(name => new AlertRoute(name, (AlertSeverity)random.Next(4)))];
            if (channelsGo && random.Next(12) == 0)
            {
                var name = Names[random.Next(Names.Length)];
                gone.Add(name);
                channels = random.Next(2) == 0 ? channels.Remove(name) : channels.SetItem(name, All[name]);
            }

            Decide();
            for (var turn = random.Next(8); turn > 0; turn--)
            {
                var owners = ledger.Pending.Select(message => message.Claim).Where(claim => claim.Length > 0).Distinct().ToList();
                if (owners.Count > 0) Turn(owners[random.Next(owners.Count)], most: 2, fails: random.Next(5) == 0);
            }

            if (random.Next(10) == 0) ledger = PendingClaims.Abandoned(ledger, Claim);
        }

        return gone;
    }

    private void End()
    {
        channels = All;
        levels.Clear();
        for (var hour = 0; hour < 60; hour++)
        {
            now = now.AddHours(1);
            Decide();
            for (var turn = 0; turn < 100 && ledger.Pending.Any(message => message.Claim == Claim); turn++) Turn(Claim, most: 20, fails: false);
        }
    }

    private string Claim => $"claim {claims}";

    private void Decide()
    {
        claims++;
        ledger = AlertDecision.Next(
            ledger,
            [.. levels.Where(one => one.Value is not null).Select(one => Of(one.Key, one.Value!))], // Not null: the line says so.
            routes,
            channels,
            open => SampleAlerts.Resolved with { Budget = open.Budget, Level = open.Levels[^1] },
            Claim,
            now);
    }

    /// <summary>One step of one sender, as PendingSender takes it.</summary>
    private void Turn(string owner, int most, bool fails)
    {
        var hour = HourText.Format(now);
        if (PendingAlerts.Due(ledger, owner).FirstOrDefault() is not { } message) ledger = PendingClaims.Released(ledger, owner);
        else if (!channels.ContainsKey(message.Channel)) ledger = PendingAlerts.Sent(ledger, message);
        else if (message.CountedIn is not null) ledger = PendingAlerts.Counted(ledger, message);
        else if (message.PlaceIn == hour || HasPlace(message.Channel, hour, most))
        {
            ledger = PendingAlerts.Placed(ledger, message, hour, now);
            if (!PendingAlerts.IsOf(ledger, message)) return;
            if (!fails) Tell(message);
            ledger = fails ? PendingAlerts.NotTaken(ledger, message, "no") : PendingAlerts.Sent(ledger, message);
        }
        else if (message.Alert.Phase == AlertPhase.Resolved || message.PlaceIn is not null) ledger = PendingAlerts.Waits(ledger, message);
        else ledger = message.IsLate ? PendingAlerts.Counted(ledger, message) : PendingAlerts.CountedIn(ledger, message, hour);
    }

    private bool HasPlace(string channel, string hour, int most)
    {
        var taken = places.GetValueOrDefault((channel, hour));
        if (taken < most) places[(channel, hour)] = taken + 1;
        return taken < most;
    }

    private void Tell(PendingAlert message)
    {
        if (!told.TryGetValue((message.Channel, message.Alert.DedupKey), out var story))
            told[(message.Channel, message.Alert.DedupKey)] = story = [];
        story.Add($"{message.Alert.Phase} {message.Alert.Level}");
    }

    private static Alert Of(string budget, string level) => SampleAlerts.Critical with
    {
        Budget = budget,
        Level = level,
        Severity = level switch { "Over" => AlertSeverity.Warning, "Critical" => AlertSeverity.Critical, _ => AlertSeverity.Emergency },
    };
}
