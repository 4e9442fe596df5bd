using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai check</c>: whether accounts are ready for budgets of models.</summary>
internal static class AiCheckCommand
{
    private static readonly TextColumn[] Columns =
        [new("ACCOUNT"), new("LIGHT"), new("WHAT", Shortest: 10), new("FOUND", Shortest: 20, MostLines: 8)];

    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("ai check");
        var json = new Option<bool>("--json") { Description = "Print an array with one object per line" };
        var command = new Command(
            "check",
            "Show whether accounts are ready for budgets of models: Green, Yellow or Red, from what the spokes told. Exit 1 where anything is Red")
            {
                account,
                json,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var rows = await AiStatusCommand.ReadAsync(stack, parsed.GetValue(account), cancellation);
            var told = rows.Count > 1 ? [.. rows.Where(row => row.Meters || row.Ai is not null)] : rows;
            var lines = new List<(string Account, AiCheckLine Line)>();
            foreach (var row in told)
                lines.AddRange((await CheckAsync(stack, row, cancellation)).Select(line => (row.Key, line)));
            if (parsed.GetValue(json)) await terminal.Out.WriteLineAsync(new JsonArray([.. lines.Select(Json)]).ToJsonString(JsonOutput.Options));
            else if (lines.Count == 0) await terminal.Out.WriteLineAsync("No account meters models.");
            else TableScreen.Write(terminal, Columns, [.. lines.Select(one => new[] { one.Account, one.Line.Light.ToString(), one.Line.What, one.Line.Text })]);
            return lines.Exists(one => one.Line.Light == AiLight.Red) ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai check", "budgetsync ai check 111122223333 --json");
    }

    private static async Task<IEnumerable<AiCheckLine>> CheckAsync(DeployedStack stack, StatusRow row, CancellationToken cancellation)
    {
        var account = Core.AccountId.Parse(row.Key);
        var present = await stack.Budgets.ReadAsync(StatusRow.ScopesOf(row.Key, row), cancellation);
        var resolved = Resolver.Resolve(account, [.. present], stack.Defaults);
        return AiCheck.Of(row, (resolved as Resolution.Desired)?.Ai, stack.Time.GetUtcNow());
    }

    private static JsonNode Json((string Account, AiCheckLine Line) one) => new JsonObject
    {
        ["accountId"] = one.Account,
        ["light"] = one.Line.Light.ToString(),
        ["what"] = one.Line.What,
        ["text"] = one.Line.Text,
    };
}
