using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Metering;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>
/// A team that spends more on models than its row allows: a role and an API key in a pool, and a user whose row only watches. What is shown of it is what
/// Meter's table, the hub's status and IAM say; nothing is made up but who calls what.
/// </summary>
internal sealed class ShownModels
{
    public const string Account = "222222222201";

    public const string Role = "role/DataScience";

    public const string Key = "BedrockAPIKey-7f3a";

    public const string User = "user/alice";

    private const string DeniedBy = "/BudgetSync/SuspendModels";
    private const string Operations = ":BudgetSync-Operations";
    private const string Sonnet = "anthropic.claude-3-5-sonnet-20241022-v2:0";
    private const string Nova = "us.amazon.nova-pro-v1:0";
    private const string Why = "the demo is today";

    /// <summary>From when the key is seen suspended to when somebody gives it back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="confirms">The user's suspension waits for a person; else its row only watches.</param>
    private static string Row(bool confirms) =>
        $$"""
        {
          "AccountId": "{{Account}}", "BudgetValue": 1000, "Notify": "operations",
          "Ai": {
            "Default": { "Limit": 2, "Window": "DAILY" },
            "Principals": {
              "{{Role}}": { "Limit": 10, "Mode": "ARMED", "Shared": true },
              "BedrockAPIKey-*": { "Limit": 4, "Mode": "ARMED" }{{(confirms ? $", \"{User}\": {{ \"Mode\": \"CONFIRM\" }}" : "")}}
            },
            "Pools": { "research": { "Members": ["{{Role}}", "BedrockAPIKey-*"], "Limit": 20, "Window": "DAILY" } }
          }
        }
        """;

    private readonly LocalCloud cloud;
    private readonly StatusTable status;
    private readonly AiTable table;
    private readonly AiPolicy policy;
    private readonly ServiceCredential key;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly List<string> story = [];
    private bool isRestored;

    /// <param name="status">The hub's.</param>
    /// <param name="table">The spoke's.</param>
    /// <param name="confirms">As of <see cref="Entry"/>.</param>
    public ShownModels(LocalCloud cloud, StatusTable status, AiTable table, StackDefaults defaults, bool confirms)
    {
        (this.cloud, this.status, this.table) = (cloud, status, table);
        policy = Resolver.Resolve(AccountId.Parse(Account), [Entry(confirms).Image], defaults) is Resolution.Desired { Ai: { } said } ? said : AiPolicy.Empty;
        var trust = PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}}""");
        var models = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        var definition = new RoleDefinition("DataScience", trust);
        var role = cloud.Iam.PutRole(Account, definition with { Inline = definition.Inline.Add("Models", models) });
        var alice = cloud.Iam.PutUser(Account, "alice", models);
        var robot = cloud.Iam.PutUser(Account, Key, models);
        key = cloud.Iam.CreateCredential(robot);
        var session = new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/DataScience/notebook");
        Members =
        [
            new(Role, new ModelCall(session, Sonnet, 120_000, 16_000), TimeSpan.Zero),
            new(Key, new ModelCall(new Caller(Account, robot.Arn, robot.Arn), Nova, 200_000, 30_000) { ApiKeyId = key.Id }, new TimeSpan(0, 4, 20)),
            new(User, new ModelCall(new Caller(Account, alice.Arn, alice.Arn), Nova, 60_000, 10_000), TimeSpan.FromSeconds(40)),
        ];
    }

    public IReadOnlyList<TeamMember> Members { get; }

    /// <summary>What has happened, in order: <c>23:17  role/DataScience is in Grace: $10.20 of $10.00</c>.</summary>
    public IReadOnlyList<string> Story => story;

    /// <summary>The messages that the operations topic got.</summary>
    public int Messages => cloud.Sns.Published.Count(message => message.TopicArn.EndsWith(Operations, StringComparison.Ordinal));

    /// <summary>Nothing of ours is left in IAM.</summary>
    public bool IsFree => Members.All(member => InIam(member).Length == 0);

    /// <param name="confirms">The user's suspension waits for a person; else its row only watches.</param>
    public static RowEntry Entry(bool confirms)
    {
        using var document = JsonDocument.Parse(Row(confirms));
        var attributes = document.RootElement.EnumerateObject()
            .ToImmutableSortedDictionary(member => member.Name, member => RowJson.Read(member.Value), StringComparer.Ordinal);
        return new RowEntry(new RowImage(attributes), "", []);
    }

    /// <summary>The calls of a moment: each is answered and logged, or refused by IAM.</summary>
    /// <param name="passed">Since the beginning, in steps that divide a minute.</param>
    public async Task CallAsync(TimeSpan passed, CancellationToken cancellation)
    {
        foreach (var member in Members.Where(member => member.CallsAt(passed)))
        {
            member.Calls++;
            var refused = false;
            try
            {
                await cloud.Bedrock.InvokeAsync(member.Call, cancellation);
            }
            catch (AwsException denied) when (denied.Code.StartsWith("AccessDenied", StringComparison.Ordinal))
            {
                member.Refused++;
                refused = true;
            }

            if (refused != member.WasRefused) Tell($"{member.Name} calls a model and is {(refused ? "refused" : "answered again")}");
            member.WasRefused = refused;
        }
    }

    /// <summary>Takes up what has happened since the last look, and gives the key back when it is time to.</summary>
    public async Task<IReadOnlyList<ModelsRow>> LookAsync(CancellationToken cancellation)
    {
        var now = cloud.Time.GetUtcNow();
        var row = await status.ReadAsync(Account, cancellation);
        var lines = (row?.Ai?.Lines ?? []).ToDictionary(line => line.Subject.Key, StringComparer.Ordinal);
        foreach (var line in lines.Values.OrderBy(line => line.Subject.Key, StringComparer.Ordinal)) Tell(line, now);
        foreach (var member in Members)
        {
            if (Changed($"iam/{member.Name}", InIam(member), "")) Tell($"IAM: {Words(member)}");
        }

        var totals = AiTotals.Of(policy, await table.SumsAsync(AiTotals.Since(policy, now), DateOnly.FromDateTime(now.UtcDateTime), cancellation), [], now)
            .ToDictionary(total => total.Subject.Key, StringComparer.Ordinal);
        var subjects = Members.Select(member => member.Name).Append("pool/research");
        return
        [
            .. subjects.Select(subject => Shown(subject, totals.GetValueOrDefault(subject)?.Spent ?? 0, lines.GetValueOrDefault(subject))),
        ];
    }

    /// <summary>When it is time to, somebody gives the key back, as <c>budgetsync ai restore</c> does.</summary>
    public async Task RestoreAsync(CancellationToken cancellation)
    {
        var now = cloud.Time.GetUtcNow();
        if (isRestored || Members.First(member => member.Name == Key).SuspendedAt is not { } since || now < since + Patience) return;
        isRestored = true;
        var by = $"arn:aws:iam::{cloud.Options.ManagementAccountId}:user/jane";
        var request = new AiRequest(AiSubject.Parse(Key)!, AiRequestKind.Restore, now, by, Why); // Not null: it is a principal's name.
        await status.StepAsync(Account, row => StatusChange.AiAsked(row!, request, now), cancellation); // Not null: it is reported as suspended.
        Tell($"budgetsync ai restore {Account} {Key} --because \"{Why}\"");
        await cloud.Gateway.InvokeAsync(
            cloud.Lambda,
            new AwsCall("lambda", "Invoke", Caller.Root(cloud.Options.ManagementAccountId), cloud.Options.Region, new JsonObject
            {
                ["FunctionName"] = "BudgetSync-Reconcile",
                ["InvocationType"] = "RequestResponse",
                ["Payload"] = $$"""{"accounts":["{{Account}}"],"force":true}""",
            }),
            cancellation);
    }

    /// <summary>What was seen, a line each, of what was counted and what IAM says in the end.</summary>
    public IEnumerable<string> Seen()
    {
        foreach (var member in Members)
        {
            var calls = member.Refused == 0
                ? $"all of its {Number.Count(member.Calls, "call")} were answered"
                : $"{Number.Of(member.Refused)} of its {Number.Count(member.Calls, "call")} were refused";
            var back = member.RestoredAt is { } at
                ? $"got its models back at {Clock(at)} {(member.ByHand ? "by hand" : "by a new window")}"
                : "is suspended still";
            yield return member.SuspendedAt is { } since
                ? $"{member.Name} was suspended at {Clock(since)} and {back}; {calls}."
                : $"{member.Name} was never suspended, because its row only watches; {calls}.";
        }

        yield return $"{Number.Count(Messages, "message")} went to the channel operations.";
        yield return IsFree
            ? "In IAM nothing of it is left: no policy is attached and the key is Active."
            : $"In IAM is left: {string.Join("; ", Members.Where(member => InIam(member).Length > 0).Select(Words))}.";
    }

    private ModelsRow Shown(string subject, decimal spent, AiLine? line)
    {
        var member = Members.FirstOrDefault(member => member.Name == subject);
        var until = line?.State switch
        {
            AiState.Grace(var end, _) => Clock(end),
            AiState.Suspended => Clock(line.Period.End),
            _ => "",
        };
        var limit = policy.BudgetOf(AiSubject.Parse(subject)!)?.Limit ?? 0; // Not null: it is one of ours.
        return new ModelsRow(
            subject, spent, limit, line?.State.Name ?? "", until, member?.Calls, member?.Refused, member is null ? "" : InIam(member));
    }

    private void Tell(AiLine line, DateTimeOffset now)
    {
        var before = known.GetValueOrDefault(line.Subject.Key, nameof(AiState.Active));
        if (!Changed(line.Subject.Key, line.State.Name, before)) return;
        var spent = decimal.Round(line.Spent, 2, MidpointRounding.ToZero);
        var used = string.Create(CultureInfo.InvariantCulture, $"${Number.Dollars(spent)} of ${Number.Dollars(line.Limit)} ({line.Percent} %)");
        Tell($"{line.Subject}: {line.State.Name}, " + line.State switch
        {
            AiState.Grace(var until, _) => $"{used}; suspended from {Clock(until)}",
            AiState.Suspended => $"until {Clock(line.Period.End)}, or somebody gives it back",
            AiState.Restored(_, var why, _) => why,
            AiState.Active => "a new window",
            _ when line.Mode == ResponseMode.WATCH => $"{used}; its row only watches",
            _ => used,
        });
        if (Members.FirstOrDefault(member => member.Name == line.Subject.Key) is not { } member) return;
        if (line.State is AiState.Suspended) member.SuspendedAt ??= now;
        else if (before == nameof(AiState.Suspended)) (member.RestoredAt, member.ByHand) = (now, line.State is AiState.Restored { ByHand: true });
    }

    /// <summary>Whether something is another thing than it was the last time.</summary>
    private bool Changed(string about, string now, string first)
    {
        var before = known.GetValueOrDefault(about, first);
        known[about] = now;
        return before != now;
    }

    private void Tell(string text) => story.Add(Printable.Line($"{Clock(cloud.Time.GetUtcNow())}  {text}"));

    /// <summary>One of the two steps is done.</summary>
    private const string OnlyKey = "key Inactive";

    private string InIam(TeamMember member) => member.Name switch
    {
        Role => IsBound(cloud.Iam.FindRole(Account, "DataScience")?.Definition.ManagedPolicyArns) ? "denied" : "",
        // Its user may have access keys besides, so the policy is attached too.
        Key => (cloud.Iam.FindCredential(Account, key.Id) is { Status: "Active" }, IsBound(cloud.Iam.FindUser(Account, Key)?.ManagedPolicyArns)) switch
        {
            (true, false) => "",
            (false, false) => OnlyKey,
            (true, true) => "denied",
            _ => "Inactive",
        },
        _ => IsBound(cloud.Iam.FindUser(Account, "alice")?.ManagedPolicyArns) ? "denied" : "",
    };

    private string Words(TeamMember member) => (member.Name, InIam(member)) switch
    {
        (Key, "") => $"the API key of {Key} is Active, and the policy {DeniedBy} is off its user",
        (Key, OnlyKey) => $"the API key of {Key} is Inactive",
        (Key, "denied") => $"the policy {DeniedBy} is attached to the user of {Key}",
        (Key, _) => $"the API key of {Key} is Inactive, and the policy {DeniedBy} is attached to its user",
        (_, "") => $"the policy {DeniedBy} is off {member.Name}",
        _ => $"the policy {DeniedBy} is attached to {member.Name}",
    };

    private static bool IsBound(IEnumerable<string>? policies) => policies?.Any(arn => arn.EndsWith($":policy{DeniedBy}", StringComparison.Ordinal)) is true;

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
}
