using System.CommandLine;
using BudgetSync.Aws.Track;
using BudgetSync.Cli.Commands.Responses;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Ai.Billing;
using BudgetSync.Core.Ai.Offers;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary><c>budgetsync ai compare</c>: what was metered beside what was billed.</summary>
internal static class AiCompareCommand
{
    private const int MostRequests = 50;

    private const int RequestsOfAccount = 2;

    private const decimal PricePerRequest = 0.01m;

    public static Command Create(ConsoleContext terminal)
    {
        var account = RestrictionArguments.AnyAccount("ai compare");
        var bill = new Option<string?>("--bill")
        {
            Description = "A Cost and Usage Report or an export of billing data, CSV, gzip or not; without it Cost Explorer is asked",
            HelpName = "FILE",
        };
        var requests = new Option<int?>("--requests")
        {
            Description = $"How often Cost Explorer may be asked, at $0.01 each ({MostRequests}): two for each account, and more where there are many services",
            HelpName = "NUMBER",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before Cost Explorer is paid for" };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, a line per account and model" };
        var command = new Command(
            "compare",
            "Show what was metered of models beside what AWS billed for them, by account and model, on days that ended more than 72 hours ago, and what the "
                + "difference is made of: causes that are in the numbers, then guesses. Exit 2 where both differ by more than 10 % or $1")
            {
                account, bill, requests, yes, json, csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(requests) is < 1 or > 1000) result.AddError("ai compare: --requests is a whole number from 1 to 1000, at $0.01 each");
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("ai compare: --json and --csv are two ways to print; give one of them");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            // A file that cannot be read is told whatever else there is to tell.
            var given = parsed.GetValue(bill) is { } path ? new Bill(await BillFile.ReadAsync(path, cancellation)) : null;
            var id = parsed.GetValue(account);
            IReadOnlyList<ModelAccount> accounts = id is null
                ? await ModelAccounts.AllAsync(stack, cancellation)
                : [await ModelAccounts.OneAsync(stack, id, cancellation)];
            var told = accounts.Select(one => one.Status).Where(row => row.Ai is not null).ToList();
            if (told.Count == 0)
                throw new CommandException($"{id ?? "No account"} has told {(id is null ? "" : "nothing ")}of its models, so there is nothing to compare; "
                    + $"'budgetsync ai check{(id is null ? "" : $" {id}")}' says why.");
            if (accounts.Count(one => one.Policy is not null && one.Status.Ai is null) is > 0 and var silent)
                await terminal.Error.WriteLineAsync(
                    $"{Number.Count(silent, "account")} with rows of models {(silent == 1 ? "has" : "have")} told of none and cannot be compared; "
                        + "'budgetsync ai check' says why.");
            var billed = given
                ?? await AskAsync(stack, terminal, told, parsed.GetValue(requests) ?? MostRequests, parsed.GetValue(yes), cancellation);
            var names = ModelNames.BuiltIn();
            var found = told.Select(row => BillComparison.Of(AccountId.Parse(row.Key), row.Ai?.Days ?? [], billed.Usages, Days(row.Ai), names)).ToList();
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(BillComparisonView.Json(found));
            else if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(BillComparisonView.Csv(found));
            else BillComparisonView.Write(terminal, found);
            return found.Exists(one => one.Differs || one.Mantle > 0) ? ExitCode.Differences : ExitCode.Done;
        });
        return command.WithExamples("budgetsync ai compare --bill bedrock-2026-11.csv.gz", "budgetsync ai compare 111122223333 --yes");
    }

    /// <summary>Those that a report of its moment has.</summary>
    private static (DateOnly First, DateOnly Last) Days(AiReport? report) => AiDayCost.Span(report?.At ?? DateTimeOffset.UnixEpoch);

    private static async Task<Bill> AskAsync(
        DeployedStack stack, ConsoleContext terminal, List<StatusRow> told, int most, bool yes, CancellationToken cancellation)
    {
        var expected = Math.Min(most, told.Count * RequestsOfAccount);
        if (!yes)
        {
            terminal.DemandAnswers("Cost Explorer was not asked; add --yes to pay for it, or give --bill FILE");
            var question = $"Ask Cost Explorer about {Number.Count(told.Count, "account")}? That is {Number.Count(expected, "request")} or more, "
                + $"${Number.Dollars(expected * PricePerRequest)}, and {Number.Of(most)} at most.";
            if (!await terminal.AskAsync(question, cancellation)) throw new CommandException("Cost Explorer was not asked.");
        }

        var (reader, usages) = (new BillReader(stack.Clients.Costs, most, stack.Caller), new List<BilledUsage>());
        try
        {
            foreach (var row in told)
            {
                stack.Progress.Now($"asking Cost Explorer about {row.Key}");
                var (first, last) = Days(row.Ai);
                usages.AddRange(await reader.ReadAsync(AccountId.Parse(row.Key), first, last, cancellation));
            }
        }
        catch (BillCapException cap)
        {
            throw new CommandException(cap.Message);
        }
        finally
        {
            stack.Progress.Now("");
            await terminal.Error.WriteLineAsync(
                $"Cost Explorer was asked {Number.Count(reader.Made, "time")}, ${Number.Dollars(reader.Made * PricePerRequest)}.");
        }

        return new Bill([.. usages]);
    }

    private sealed record Bill(IReadOnlyList<BilledUsage> Usages);
}
