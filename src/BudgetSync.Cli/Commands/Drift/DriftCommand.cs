using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Drift;

/// <summary><c>budgetsync drift</c>: looks into the accounts themselves, now.</summary>
internal static class DriftCommand
{
    private static readonly AccountFacets<DriftLine, DriftState> Facets =
        new(line => line.AccountId, line => line.Name, line => line.State, Urgency);

    public static Command Create(ConsoleContext terminal)
    {
        var options = new AccountListOptions<DriftState>("Look into", "Print an array with one object per account");
        var role = ReadSessions.RoleOption(
            "The role in each account that may read its budgets and the parameter; BudgetSync's own spoke role may not read budgets");
        var command = new Command(
            "drift",
            "Compare what each account has with what its rows ask for, by looking into it now. Exit 0 in sync, 2 drifted, 3 where accounts could not be "
                + "looked into")
            {
                role
            };
        options.AddTo(command);
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed);
            var survey = new DriftSurvey(stack, new ReadSessions(stack, parsed.GetRequiredValue(role)), new ProgressBar(terminal, stack.Progress));
            var lines = await survey.RunAsync(wish.Account, wish.Chosen, cancellation);
            var page = wish.Page(lines, Facets, AccountOrder.Account, terminal);
            var talk = wish.Form == PrintForm.Text ? terminal.Out : terminal.Error;
            switch (wish.Form)
            {
                case PrintForm.Json:
                    await terminal.Whole.WriteLineAsync(new JsonArray([.. page.Shown.Select(ToJson)]).ToJsonString(JsonOutput.Options));
                    break;
                case PrintForm.Csv:
                    await terminal.Out.WriteAsync(CsvText.Of(
                        ["AccountId", "Name", "State", "Drift", "Reasons"],
                        page.Shown.Select(line => new[] { line.AccountId, line.Name, line.State.ToString(), Drifts(line), Reasons(line) })));
                    break;
                default:
                    // What is in sync is a number below, unless it was asked for.
                    var told = wish.States.IsEmpty
                        ? wish.Page(lines.Where(line => line.State is DriftState.Drifted or DriftState.Unchecked), Facets, AccountOrder.Account, terminal)
                        : page;
                    DriftScreen.Write(terminal, told.Shown);
                    if (told.Rest is { } more) await talk.WriteLineAsync(more);
                    if (page.All.IsEmpty && !wish.States.IsEmpty) await talk.WriteLineAsync(wish.Nothing);
                    break;
            }

            if (wish.Form != PrintForm.Text && page.Rest is { } rest) await talk.WriteLineAsync(rest);
            // Part of the result for a person, talk beside it for a script.
            await talk.WriteLineAsync(DriftScreen.Sum(lines));
            if (page.All.Any(line => line.State == DriftState.Drifted)) return ExitCode.Differences;
            return page.All.Any(line => line.State == DriftState.Unchecked) ? ExitCode.Unchecked : ExitCode.Done;
        });
        return command.WithExamples(
            "budgetsync drift",
            "budgetsync drift --account 111122223333 --read-role BudgetReader",
            "budgetsync drift --ou ou-ab12-11111111 --state Drifted --csv");
    }

    private static int Urgency(DriftState state) => state switch
    {
        DriftState.Drifted => 0,
        DriftState.Unchecked => 1,
        DriftState.Uncovered => 2,
        _ => 3,
    };

    private static string Drifts(DriftLine line) => line.State == DriftState.Drifted ? string.Join("; ", line.Details) : "";

    private static string Reasons(DriftLine line) => line.State == DriftState.Drifted ? "" : string.Join("; ", line.Details);

    private static JsonObject ToJson(DriftLine line) => new()
    {
        ["accountId"] = line.AccountId,
        ["name"] = line.Name,
        ["state"] = line.State.ToString(),
        ["drift"] = new JsonArray([.. (line.State == DriftState.Drifted ? line.Details : []).Select(word => JsonValue.Create(word))]),
        ["reasons"] = new JsonArray([.. (line.State == DriftState.Drifted ? [] : line.Details).Select(word => JsonValue.Create(word))]),
    };
}
