using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary><c>budgetsync rows explain</c>: what each account would be sent.</summary>
internal static class RowsExplanation
{
    public static int Run(IReadOnlyList<RowEntry> rows, AccountId? onlyAccount, StackDefaults defaults, bool json, ConsoleContext terminal)
    {
        var checks = new RowChecks(rows, defaults);
        var now = terminal.Time.GetUtcNow();
        var accounts = onlyAccount is not { } only
            ? rows.Select(row => Scope.TryParse(row.Image.Key)).OfType<Scope.Account>().Select(scope => scope.Id).Distinct().ToList()
            : [only];
        var explained = accounts.Select(account => (Account: account, Resolution: Resolve(rows, checks, account))).ToList();
        // A row whose key is no scope is for no account at all, which is what its writer must be told.
        var lost = onlyAccount is null ? rows.Where(row => Scope.TryParse(row.Image.Key) is null).ToList() : [];
        if (json)
        {
            JsonNode[] told =
            [
                .. explained.Select(entry => ToJson(
                    entry.Account, entry.Resolution, Notified(rows, entry.Resolution, defaults), ExplainedResponses.Of(rows, entry.Resolution), now)),
                .. lost.Select(row => ToJson(row, checks)),
            ];
            terminal.Whole.WriteLine(new JsonArray(told).ToJsonString(JsonOutput.Options));
        }
        else
        {
            explained.ForEach(entry => Write(terminal, rows, entry.Account, entry.Resolution, Notified(rows, entry.Resolution, defaults), now));
            lost.ForEach(row => Write(terminal, row, checks));
        }

        if (checks.NeedsOrganization)
            terminal.Error.WriteLine(
                "Rows for OUs or the root are in the file; which accounts inherit from them is known in the organization only, so they are left out here.");
        return lost.Count > 0 || explained.Exists(entry => entry.Resolution is Resolution.Rejected) ? ExitCode.Failed : ExitCode.Done;
    }

    private static JsonObject ToJson(RowEntry lost, RowChecks checks) => new()
    {
        ["accountId"] = lost.Image.Key,
        ["state"] = "Rejected",
        ["position"] = lost.Position,
        ["reasons"] = new JsonArray([.. checks.Problems(lost).Select(problem => JsonValue.Create(problem))]),
    };

    private static void Write(ConsoleContext terminal, RowEntry lost, RowChecks checks)
    {
        terminal.WriteFolded($"{Printable.Key(lost.Image.Key)}  Rejected ({lost.Position})", indent: 4);
        foreach (var problem in checks.Problems(lost)) terminal.WriteFolded($"  - {problem}", indent: 4);
        terminal.Out.WriteLine();
    }

    private static Resolution Resolve(IReadOnlyList<RowEntry> rows, RowChecks checks, AccountId account)
    {
        var inFile = rows.Where(row => row.Image.Key == account.Value).SelectMany(row => row.Problems).Distinct().ToList();
        return inFile.Count > 0 ? new Resolution.Rejected([.. inFile]) : checks.Resolve(account);
    }

    private static JsonObject ToJson(
        AccountId account, Resolution resolution, string? notified, ImmutableArray<string> responses, DateTimeOffset now)
    {
        var json = new JsonObject { ["accountId"] = account.Value, ["state"] = State(resolution) };
        switch (resolution)
        {
            case Resolution.Desired desired:
                json["revision"] = desired.Parameter.Revision;
                json["bytes"] = Encoding.UTF8.GetByteCount(desired.Parameter.Document);
                json["from"] = new JsonArray([.. desired.Parameter.From.Select(scope => JsonValue.Create(scope.Key))]);
                json["limits"] = new JsonArray([.. LimitDescription.Of(desired.Budgets, now).Select(line => JsonValue.Create(line))]);
                if (notified is not null) json["notify"] = notified;
                if (!responses.IsEmpty) json["responses"] = new JsonArray([.. responses.Select(line => JsonValue.Create(line))]);
                if (desired.Ai is { } ai)
                {
                    json["ai"] = new JsonArray([.. AiPolicyText.Lines(ai).Select(line => JsonValue.Create(line))]);
                    json["bytesWithAi"] = BytesWith(desired, ai);
                }

                json["document"] = JsonNode.Parse(desired.Parameter.Document);
                break;
            case Resolution.Rejected rejected:
                json["reasons"] = new JsonArray([.. rejected.Reasons.Select(reason => JsonValue.Create(reason))]);
                break;
            default:
                break;
        }

        return json;
    }

    /// <summary>Where the account's alerts go; null where no row says it: then nothing is different from the stack's own way.</summary>
    private static string? Notified(IReadOnlyList<RowEntry> rows, Resolution resolution, StackDefaults defaults)
    {
        if (resolution is not Resolution.Desired desired) return null;
        var present = desired.Parameter.From.Select(scope => rows.FirstOrDefault(row => row.Image.Key == scope.Key)?.Image).OfType<RowImage>().ToList();
        if (present.Find(row => row.Attributes.ContainsKey("Notify")) is not { } decides) return null;
        var routes = RowNotify.Of(present, defaults);
        return $"{(routes.IsEmpty ? "no channel" : string.Join(", ", routes))} (row {decides.Key})";
    }

    private static void Write(
        ConsoleContext terminal, IReadOnlyList<RowEntry> rows, AccountId account, Resolution resolution, string? notified, DateTimeOffset now)
    {
        var output = terminal.Folded(indent: 12);
        output.WriteLine($"{account}  {State(resolution)}");
        switch (resolution)
        {
            case Resolution.Desired desired:
                var bytes = Encoding.UTF8.GetByteCount(desired.Parameter.Document);
                var tier = bytes <= AwsLimits.StandardParameterBytes ? "standard tier" : "advanced tier, charged";
                ValueOrigins.Write(terminal, account, desired, [.. rows.Select(row => row.Image)]);
                output.WriteLine($"  revision  {desired.Parameter.Revision}");
                output.WriteLine($"  size      {bytes} of {AwsLimits.ParameterBytes} bytes ({tier})");
                output.WriteLine($"  from      {string.Join(", ", desired.Parameter.From.Select(scope => scope.Key))}");
                if (notified is not null) output.WriteLine(Printable.Line($"  notify    {notified}"));
                foreach (var line in ExplainedResponses.Of(rows, resolution)) output.WriteLine(Printable.Line($"  response  {line}"));
                foreach (var line in LimitDescription.Of(desired.Budgets, now)) output.WriteLine(Printable.Line($"  limit     {line}"));
                if (desired.Ai is { } ai)
                {
                    foreach (var line in AiPolicyText.Lines(ai)) output.WriteLine(Printable.Line($"  models    {line}"));
                    output.WriteLine($"            {BytesWith(desired, ai)} of {AwsLimits.ParameterBytes} bytes where the spoke meters models");
                }

                output.WriteLine(Printable.Line($"  document  {desired.Parameter.Document}"));
                break;
            case Resolution.Rejected rejected:
                foreach (var reason in rejected.Reasons) terminal.WriteFolded($"  - {reason}", indent: 4);
                break;
            default:
                break;
        }

        output.WriteLine();
    }

    private static int BytesWith(Resolution.Desired desired, AiPolicy ai) => Encoding.UTF8.GetByteCount(ParameterDocument.Format(desired.Budgets, [], ai));

    private static string State(Resolution resolution) => resolution switch
    {
        Resolution.Desired => "Desired",
        Resolution.Rejected => "Rejected",
        Resolution.Disabled => "Disabled",
        _ => "Uncovered",
    };
}
