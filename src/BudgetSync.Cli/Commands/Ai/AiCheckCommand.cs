using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

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
            var lines = id is null
                ? (await ModelAccounts.AllAsync(stack, cancellation)).SelectMany(one => OfMany(one, now)).ToList()
                : [.. Of(await ModelAccounts.OneAsync(stack, id, cancellation), now)];
            if (stack.MetersModels == false) await terminal.Error.WriteLineAsync($"Note: {DeployedStack.NoModels}");
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(new JsonArray([.. lines.Select(Json)]).ToJsonString(JsonOutput.Options));
            else if (lines.Count == 0) await terminal.Out.WriteLineAsync("No account meters models, and no row says anything of them.");
            else TableScreen.Write(terminal, Columns, [.. lines.Select(one => new[] { one.Account, one.Line.Light.ToString(), one.Line.What, one.Line.Text })]);
            return lines.Exists(one => one.Line.Light == AiLight.Red) ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai check", "budgetsync ai check 111122223333 --json");
    }

    private static IEnumerable<(string Account, AiCheckLine Line)> Of(ModelAccount one, DateTimeOffset now) =>
        AiCheck.Of(one.Status, one.Policy, now).Select(line => (one.Status.Key, line));

    /// <summary>Where nothing is metered one line says so, and none where no row wants it either.</summary>
    private static IEnumerable<(string Account, AiCheckLine Line)> OfMany(ModelAccount one, DateTimeOffset now) =>
        one.Status.Meters || one.Status.Ai is not null ? Of(one, now)
        : one.Policy is null ? []
        : Of(one, now).Take(1);

    private static JsonNode Json((string Account, AiCheckLine Line) one) => new JsonObject
    {
        ["accountId"] = one.Account,
        ["light"] = one.Line.Light.ToString(),
        ["what"] = one.Line.What,
        ["text"] = one.Line.Text,
    };
}
