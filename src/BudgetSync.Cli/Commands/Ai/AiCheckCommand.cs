using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Responses;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai check</c>: whether accounts are ready for budgets of models.</summary>
internal static class AiCheckCommand
{
    private static readonly TextColumn[] Columns =
        [new("ACCOUNT"), new("LIGHT"), new("WHAT", Shortest: 10), new("FOUND", Shortest: 20, MostLines: 8)];

    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("ai check");
        var json = new Option<bool>("--json") { Description = "Print an array with one object for each thing that was looked at" };
        var command = new Command(
            "check",
            "Show whether accounts are ready for budgets of models: Green, Yellow or Red, from what the spokes told. Exit 1 where anything is Red")
            {
                account,
                json,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var now = stack.Time.GetUtcNow();
            var stopped = await StoppedResponses.ReadAsync(stack, cancellation);
            var lines = id is null
                ? (await ModelAccounts.AllAsync(stack, cancellation)).SelectMany(one => OfMany(one, stopped, now)).ToList()
                : [.. Of(await ModelAccounts.OneAsync(stack, id, cancellation), stopped, now)];
            if (stack.MetersModels == false) terminal.TellFolded($"Note: {DeployedStack.NoModels}", indent: 2);
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(new JsonArray([.. lines.Select(Json)]).ToJsonString(JsonOutput.Options));
            else if (lines.Count == 0) await terminal.Out.WriteLineAsync("No account meters models, and no row says anything of them.");
            else TableScreen.Write(terminal, Columns, [.. lines.Select(one => new[] { one.Account, one.Line.Light.ToString(), one.Line.What, one.Line.Text })]);
            return lines.Exists(one => one.Line.Light == AiLight.Red) ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai check", "budgetsync ai check 111122223333 --json");
    }

    private static IEnumerable<(string Account, AiCheckLine Line)> Of(ModelAccount one, StoppedResponses? stopped, DateTimeOffset now) =>
        AiCheck.Of(one.Status, one.Policy, now)
            .Concat(one.Status.Meters ? Bounds(one, stopped) : [])
            .Select(line => (one.Status.Key, line));

    /// <summary>What keeps suspensions that rows ask for from beginning.</summary>
    private static IEnumerable<AiCheckLine> Bounds(ModelAccount one, StoppedResponses? stopped)
    {
        if (stopped is not null) yield return new(AiLight.Yellow, "responses", stopped.Text);
        if (one.Bounds.Snoozed is { Length: > 0 } snoozed)
            yield return new(AiLight.Yellow, "rows", $"{snoozed}: no suspension begins, and what is in force is given back");
        if (AiCap.IsIn(one.Policy) && one.Bounds.WhyCapOnlyTells is { Length: > 0 } why)
            yield return new(AiLight.Yellow, AiPolicy.CapBudget, $"says {one.Policy?.AccountCap?.Mode}, and only tells: {why.TrimEnd('.')}");
    }

    /// <summary>Where nothing is metered one line says so, and none where no row wants it either.</summary>
    private static IEnumerable<(string Account, AiCheckLine Line)> OfMany(ModelAccount one, StoppedResponses? stopped, DateTimeOffset now) =>
        one.Status.Meters || one.Status.Ai is not null ? Of(one, stopped, now)
        : one.Policy is null ? []
        : Of(one, stopped, now).Take(1);

    private static JsonNode Json((string Account, AiCheckLine Line) one) => new JsonObject
    {
        ["accountId"] = one.Account,
        ["light"] = one.Line.Light.ToString(),
        ["what"] = one.Line.What,
        ["text"] = one.Line.Text,
    };
}
