using System.CommandLine;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary><c>budgetsync plan FILE</c>: what importing these rows would change, account by account, before anything is written.</summary>
internal static class PlanCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string>("FILE") { Description = RowFile.Description };
        var options = new AccountListOptions<ImportChange>("Show", "Print an array with one object per account that would change or be rejected");
        var markdown = new Option<bool>("--markdown")
        {
            Description = "Print the comment for a pull request: Markdown as GitHub shows it, never longer than it takes"
        };
        var look = new Option<bool>("--look")
        {
            Description = "Look into every account that would get a budget of a new name, whether there is one of that name that somebody made by hand; "
                + "accounts whose rows adopt one are looked into anyway"
        };
        var role = ReadSessions.RoleOption("The role in each account that may read its budgets, for what is looked into");
        var largest = LargestTotal.Create();
        var (prune, merge) = (ImportCommand.Prune(), ImportCommand.Merge());
        var command = new Command(
            "plan",
            "Show what importing these rows would change, what moves most money first and accounts that are alike together; writes nothing. Exit 0 where "
                + "nothing would, 2 where something would, 1 "
                + "where rows are rejected")
            {
                file,
                prune,
                merge,
                markdown,
                look,
                role,
            };
        options.AddTo(command);
        command.Options.Add(largest);
        command.Validators.Add(result =>
        {
            if (result.GetValue(markdown) && (result.GetValue(options.Json) || result.GetValue(options.Csv)))
                result.AddError("--markdown: and --json or --csv are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed);
            var most = LargestTotal.Read(parsed, largest, terminal.Environment);
            var entries = await RowFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
            stack.Progress.Now("reading the table and the organization");
            var (treeRead, tableRead) = (stack.TreeAsync(cancellation), stack.Budgets.ScanAsync(cancellation));
            await Task.WhenAll(treeRead, tableRead);
            var rows = new StackRows(await tableRead, await treeRead, stack.Defaults, stack.Responds, stack.MetersModels) { HasControls = stack.HasControls };
            stack.Progress.Now($"planning {Number.Count(entries.Count, "row")}");
            var edit = ImportEdit.Of(entries, rows, parsed.GetValue(prune), parsed.GetValue(merge));
            var sessions = new ReadSessions(stack, parsed.GetRequiredValue(role), "BudgetSync-plan");
            var there = await AccountLook.ReadAsync(stack, sessions, terminal, edit, rows, parsed.GetValue(look), cancellation);
            var all = ImportPlan.Of(entries, edit, rows, stack.Time.GetUtcNow(), there);
            var brake = EditBrake.Told(edit, rows, most);
            var then = edit.Then(rows.Table);
            var price = ActionPrice.Warning(rows.ByKey, then, rows.Tree, rows.Defaults);
            string[] warnings =
            [
                .. EnvelopeChecks.Between(rows.ByKey, then, rows.Tree, rows.Defaults, stack.Time.GetUtcNow()).Warnings,
                .. price is null ? (string[])[] : [price],
                .. ModelWarnings.Of(edit, rows),
                .. NotifyWarnings.Of(edit, stack),
                .. NeverBegun.Of(edit, rows, stack.Time.GetUtcNow()),
                .. UnsupportedAttributes.Of(edit, rows),
            ];
            stack.Progress.Now("");
            foreach (var warning in warnings) terminal.TellFolded($"Warning: {warning}", indent: 2);
            if (there.Told is { } told) terminal.TellFolded(told, indent: 2);
            var chosen = wish.Chosen(rows.Tree);
            var lines = all.Where(line => chosen?.Contains(line.Key) != false).ToList();
            if (wish.Account is { } only && lines.Count == 0)
                throw new CommandException($"--account: neither the file, the table nor the organization knows {only}.");
            var facets = new AccountFacets<ImportLine, ImportChange>(line => line.Key, line => NameOf(line, rows.Tree), line => line.Change, Urgency);
            var ofGroups = new AccountFacets<PlanGroup, ImportChange>(
                group => group.Key,
                group => NameOf(group.First, rows.Tree),
                group => group.Change,
                wish.Sort is null ? Attention : Urgency)
            {
                Movement = group => group.Movement,
            };
            var changes = lines.Where(line => line.Change != ImportChange.None || wish.States.Contains(ImportChange.None)).ToList();
            var page = wish.Page(changes, facets, AccountOrder.Account, terminal);
            var groups = wish.Page(PlanGroup.Of(changes), ofGroups, AccountOrder.State, terminal);
            var print = new PlanPrint(
                terminal, wish, page, groups, facets.Name, PlanScreen.Sum(entries.Count, lines), PlanSum.Of(edit, rows), brake, warnings);
            if (parsed.GetValue(markdown)) await print.MarkdownAsync();
            else await print.WriteAsync();
            var rejected = page.All.Where(line => line.Change == ImportChange.Reject).Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
            FixHint.Tell(terminal, parsed.GetRequiredValue(file), entries.Where(entry => rejected.Contains(entry.Image.Key)));
            return CodeOf(page.All);
        });
        return command.WithExamples(
            "budgetsync plan rows.csv",
            "budgetsync plan rows.csv --sort account",
            "budgetsync plan rows.csv --json",
            "budgetsync plan rows.csv --markdown",
            "budgetsync plan rows.csv --prune",
            "budgetsync plan rows.csv --look --read-role BudgetReader",
            "budgetsync plan rows.csv --ou ou-ab12-11111111 --state Reject");
    }

    private static string NameOf(ImportLine line, OrganizationTree tree) => AccountId.TryParse(line.Key, out var id) ? tree.Find(id)?.Name ?? "" : "";

    private static int Urgency(ImportChange change) => change switch
    {
        ImportChange.Reject => 0,
        ImportChange.Leave => 1,
        ImportChange.Update => 2,
        ImportChange.Create => 3,
        _ => 4,
    };

    /// <summary>What is refused or left is read first; what is written comes by its money, whether it is new or not.</summary>
    private static int Attention(ImportChange change) => Math.Min(Urgency(change), Urgency(ImportChange.Update));

    private static int CodeOf(IReadOnlyCollection<ImportLine> lines)
    {
        if (lines.Any(line => line.Change == ImportChange.Reject)) return ExitCode.Failed;
        return lines.Any(line => line.Change != ImportChange.None) ? ExitCode.Differences : ExitCode.Done;
    }
}
