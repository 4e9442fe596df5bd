using System.CommandLine;
using System.Globalization;
using System.Text;
using BudgetSync.Aws.Organizations;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Page;

namespace BudgetSync.Cli.Commands.Money;

/// <summary><c>budgetsync report</c>: every account, its money and its history as one page to look at, to send or to print.</summary>
internal static class ReportCommand
{
    private const int MostParts = 2_000;

    public static Command Create(ConsoleContext terminal)
    {
        var html = new Option<FileInfo>("--html") { Description = "The file to write; one that is there is written anew", HelpName = "FILE", Required = true };
        var ou = OrganizationalUnitOption.Create("Only accounts that stand in this OU or below it");
        var parts = new Option<int>("--parts")
        {
            Description = $"So many budgets, those that need attention most, get a part with curve and history, up to {MostParts}",
            HelpName = "N",
            DefaultValueFactory = _ => ReportHtml.Parts,
        };
        parts.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given is < 0 or > MostParts)
                result.AddError($"--parts: {given} is not from 0 to {MostParts}; give --ou to see another part of the organization");
        });
        var kept = new Option<bool>("--from-bucket")
        {
            Description = "Fetch the page that the stack made within the last hour (reportBucket) instead of making it now",
        };
        var command = new Command(
            "report",
            "Write every account's budget, spending, pace and history as one HTML file that needs nothing else: no network, no script to be read")
        {
            html,
            ou,
            parts,
            kept,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(kept) && (result.GetResult(ou) is { Implicit: false } || result.GetResult(parts) is { Implicit: false }))
                result.AddError("--from-bucket: the hourly page is of all accounts and of the budgets that need attention most; leave --ou and --parts away");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var file = parsed.GetValue(html) ?? throw new InvalidOperationException("--html is required.");
            if (parsed.GetValue(kept))
            {
                var bytes = await KeptPage.ReadAsync(stack, cancellation);
                await WriteAsync(file, bytes, cancellation);
                var size = (bytes.Length / 1024m).ToString("#,##0", CultureInfo.InvariantCulture);
                await terminal.Out.WriteLineAsync($"{PastedCommand.Mark(file.FullName)}: the hourly page, {size} KB, open it in a browser");
                return ExitCode.Done;
            }

            var page = await ReadAsync(stack, parsed.GetValue(ou), parsed.GetValue(parts), cancellation);
            await WriteAsync(file, Encoding.UTF8.GetBytes(ReportHtml.File(page, parsed.GetValue(parts))), cancellation);
            var budgets = page.Lines.Count(line => line.Budget.Length > 0);
            var without = page.Lines.Length - budgets;
            await terminal.Out.WriteLineAsync($"{PastedCommand.Mark(file.FullName)}: {Number.Count(budgets, "budget")} of {page.Organization}"
                + $"{(without > 0 ? $" and {Number.Count(without, "account")} without one" : "")}, open it in a browser");
            return ExitCode.Done;
        });
        return command.WithExamples(
            "budgetsync report --html budgets.html",
            "budgetsync report --html research.html --ou ou-ab12-11111111",
            "budgetsync report --html budgets.html --from-bucket");
    }

    private static async Task<SpendPage> ReadAsync(DeployedStack stack, string? ou, int parts, CancellationToken cancellation)
    {
        stack.Progress.Now("reading both tables and the organization");
        var snapshot = await OrganizationSnapshot.ReadAsync(stack.Budgets, stack.Status, stack.Organization, freshTree: true, cancellation);
        var month = await TrackedMonth.ReadAsync(stack, cancellation);
        var source = new PageSource(snapshot.Tree, snapshot.Rows, snapshot.Statuses, stack.Defaults, stack.SpendBounds, month, stack.Time.GetUtcNow());
        var page = source.Page(ou ?? $"account {stack.Account}'s organization", OrganizationalUnitOption.Find(ou, snapshot.Tree));
        var wanted = ReportHtml.WithParts(page, parts).Select(line => line.Account).Distinct(StringComparer.Ordinal).ToList();
        var histories = await AccountHistories.ReadAsync(stack, wanted, cancellation);
        page = source.WithParts(page, histories.Items);
        return histories.Missing
            ? page with
            {
                Unknown =
                [
                    .. page.Unknown,
                    $"This deployment has no history table, so there are no curves and no earlier periods: {AccountHistories.HowToGetOne}.",
                ],
            }
            : page;
    }

    /// <exception cref="CommandException">The file cannot be written.</exception>
    private static async Task WriteAsync(FileInfo file, byte[] page, CancellationToken cancellation)
    {
        try
        {
            await WholeFile.WriteAsync(file.FullName, page, overwrite: true, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--html: {file.FullName} cannot be written: {exception.Message}", ExitCode.Usage);
        }
    }
}
