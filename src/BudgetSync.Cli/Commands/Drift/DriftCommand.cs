using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Drift;

/// <summary><c>budgetsync drift</c>: looks into the accounts themselves, now.</summary>
internal static class DriftCommand
{
    /// <summary>Fewer accounts are told one by one.</summary>
    private const int FewestAlike = 3;

    /// <summary>How many accounts of a group are named.</summary>
    private const int NamedAlike = 5;

    public static Command Create(ConsoleContext terminal)
    {
        var account = AccountOption.Create("Only this account");
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account" };
        var role = ReadSessions.RoleOption(
            "The role in each account that may read its budgets and the parameter; BudgetSync's own spoke role may not read budgets");
        var command = new Command(
            "drift",
            "Compare what each account has with what its rows ask for, by looking into it now. Exit 0 in sync, 2 drifted, 3 where accounts could not be "
                + "looked into")
            {
                account,
                json,
                role
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var lines = await new DriftSurvey(stack, new ReadSessions(stack, parsed.GetRequiredValue(role)))
                .RunAsync(AccountOption.Read(parsed, account), cancellation);
            if (parsed.GetValue(json)) await terminal.Out.WriteLineAsync(new JsonArray([.. lines.Select(ToJson)]).ToJsonString(JsonOutput.Options));
            else Write(terminal.Out, lines);
            // Part of the result for a person, talk beside it for a script.
            await (parsed.GetValue(json) ? terminal.Error : terminal.Out).WriteLineAsync(Sum(lines));
            if (lines.Any(line => line.State == DriftState.Drifted)) return ExitCode.Differences;
            return lines.Any(line => line.State == DriftState.Unchecked) ? ExitCode.Unchecked : ExitCode.Done;
        });
        return command.WithExamples("budgetsync drift", "budgetsync drift --account 111122223333 --read-role BudgetReader");
    }

    private static void Write(TextWriter output, IReadOnlyList<DriftLine> lines)
    {
        // A wrong role is one reason and not a thousand: unchecked accounts that differ in nothing but their id are told together.
        var alike = lines.Where(line => line.State == DriftState.Unchecked)
            .GroupBy(line => string.Join('\n', line.Words).Replace(line.AccountId, "ACCOUNT", StringComparison.Ordinal), StringComparer.Ordinal)
            .Where(group => group.Count() >= FewestAlike)
            .ToList();
        foreach (var group in alike)
        {
            var ids = group.Select(line => line.AccountId).ToList();
            output.WriteLine($"{Number.Of(ids.Count)} accounts  {Word(DriftState.Unchecked)}  {string.Join(", ", ids.Take(NamedAlike))}"
                + (ids.Count > NamedAlike ? $" and {Number.Of(ids.Count - NamedAlike)} more (--json has all)" : ""));
            foreach (var word in group.Key.Split('\n')) output.WriteLine(Printable.Line($"  - {word}"));
        }

        var told = alike.SelectMany(group => group).ToHashSet();
        foreach (var line in lines.Where(line => line.State is DriftState.Drifted or DriftState.Unchecked && !told.Contains(line)))
        {
            output.WriteLine(Printable.Line($"{line.AccountId}  {Word(line.State)}{(line.Name.Length > 0 ? $"  {line.Name}" : "")}"));
            foreach (var word in line.Words) output.WriteLine($"  {(line.State == DriftState.Drifted ? "~" : "-")} {word}");
        }
    }

    private static string Sum(IReadOnlyList<DriftLine> lines) => $"{Number.Count(lines.Count, "account")}: " + string.Join(
        ", ",
        lines.GroupBy(line => line.State).OrderBy(group => group.Key).Select(group => $"{Number.Of(group.Count())} {Word(group.Key)}")) + ".";

    private static string Word(DriftState state) => state switch
    {
        DriftState.InSync => "in sync",
        DriftState.Drifted => "drifted",
        DriftState.Unchecked => "unchecked",
        _ => "uncovered",
    };

    private static JsonObject ToJson(DriftLine line) => new()
    {
        ["accountId"] = line.AccountId,
        ["name"] = line.Name,
        ["state"] = line.State.ToString(),
        ["drift"] = new JsonArray([.. (line.State == DriftState.Drifted ? line.Words : []).Select(word => JsonValue.Create(word))]),
        ["reasons"] = new JsonArray([.. (line.State == DriftState.Drifted ? [] : line.Words).Select(word => JsonValue.Create(word))]),
    };
}
