using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Commands.Responses;

/// <summary><c>budgetsync ledger</c>: what was decided, approved, done, undone and edited.</summary>
internal static class LedgerCommand
{
    private static readonly TextColumn[] Columns =
        [new("AT"), new("ACCOUNT"), new("RESTRICTION", Goes: 1), new("WHAT"), new("TEXT", Shortest: 20, MostLines: 8), new("BY", Shortest: 8, Goes: 2)];

    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.LedgerAccount();
        var json = new Option<bool>("--json") { Description = "Print an array with one object per entry, with its facts" };
        var command = new Command(
            "ledger",
            "Show what was decided, approved, done and undone about restrictions and suspensions from models, who threw the kill switch, and who edited rows "
                + "with this tool, oldest first, for 400 days") { account, json };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var entries = await ReadAsync(stack, id, cancellation);
            if (id is not (null or RestrictionAlerts.EveryAccount) && entries.All(one => one.Account != id))
                await KnownAccount.DemandAsync(stack, AccountId.Parse(id), cancellation);
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(Json(entries));
            else if (entries.IsEmpty) await terminal.Out.WriteLineAsync(id is null ? "The ledger has no entry." : $"The ledger has no entry of {id}.");
            else Write(terminal, entries);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync ledger", "budgetsync ledger 111122223333 --json");
    }

    private static async Task<ImmutableArray<(string Account, LedgerEntry Entry)>> ReadAsync(
        DeployedStack stack,
        string? account,
        CancellationToken cancellation)
    {
        try
        {
            return await stack.Ledger.TrailAsync(account, cancellation);
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            throw new CommandException(DeployedStack.NoResponses);
        }
    }

    private static void Write(ConsoleContext terminal, ImmutableArray<(string Account, LedgerEntry Entry)> entries)
    {
        TableScreen.Write(terminal, Columns, [.. entries.Select(Cells)], whole: "--json has");
    }

    private static string[] Cells((string Account, LedgerEntry Entry) one) =>
        [UtcText.Seconds(one.Entry.At), one.Account, one.Entry.Restriction, one.Entry.What, one.Entry.Text, one.Entry.By];

    private static string Json(ImmutableArray<(string Account, LedgerEntry Entry)> entries) => new JsonArray([.. entries.Select(one =>
    {
        var item = new JsonObject
        {
            ["at"] = UtcText.Seconds(one.Entry.At),
            ["accountId"] = one.Account,
            ["restriction"] = one.Entry.Restriction,
            ["what"] = one.Entry.What,
            ["text"] = one.Entry.Text,
            ["facts"] = new JsonArray([.. one.Entry.Facts.Select(fact => JsonValue.Create(fact))]),
        };
        if (one.Entry.Subject.Length > 0) item["budget"] = one.Entry.Subject;
        if (one.Entry.By.Length > 0) item["by"] = one.Entry.By;
        if (one.Entry.Rule.Length > 0) item["response"] = JsonNode.Parse(one.Entry.Rule);
        return (JsonNode)item;
    })]).ToJsonString(JsonOutput.Options);
}
