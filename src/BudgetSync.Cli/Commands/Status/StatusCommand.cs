using System.CommandLine;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary><c>budgetsync status</c>: what is known of every account, without looking into any.</summary>
internal static class StatusCommand
{
    /// <summary>How often a watch looks where nothing else is said, in seconds: an edit takes some seconds to be applied.</summary>
    private const int WatchSeconds = 5;

    private const int LongestWatchSeconds = 3600;

    public static Command Create(ConsoleContext terminal)
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "Only this account (or the key of a row), with all that is known of it; of an OU, the root or default, the accounts it covers",
            Arity = ArgumentArity.ZeroOrOne
        };
        var options = new AccountListOptions<CoverageState>("Show", "Print an object with the summary and one object per account", money: true);
        var watch = WholeNumberOption.Create(
            "--watch",
            1,
            LongestWatchSeconds,
            $"Look again every so many seconds ({WatchSeconds} where none are given) until Ctrl+C, and exit as the last look would",
            alone: WatchSeconds);
        var command = new Command(
            "status",
            "Show where every account stands: counts, what is not applied, and what to do about it. Exit 0, or 1 where a row is rejected, blocked or "
                + "failed, or 3 where accounts are unchecked")
            {
                account,
                watch
            };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            var chosen = result.GetResult(options.Account) is not null || result.GetResult(options.Unit) is not null;
            if (chosen && result.GetResult(account) is { Tokens.Count: > 0 })
                result.AddError("ACCOUNT: says whom to show already; leave --account and --ou out");
            if (result.GetResult(watch) is not null && (result.GetResult(options.Json) is not null || result.GetResult(options.Csv) is not null))
                result.AddError("--watch: is for eyes; --json and --csv print once");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var wish = options.Read(parsed);
            var only = parsed.GetValue(account) ?? wish.Account?.Value;
            if (parsed.GetValue(watch) is { } seconds)
                return await StatusWatch.RunAsync(stack, terminal, TimeSpan.FromSeconds(seconds), only, wish, cancellation);
            return (await StatusLook.TakeAsync(stack, terminal, only, wish, cancellation)).Write();
        });
        return command.WithExamples(
            "budgetsync status",
            "budgetsync status 111122223333",
            "budgetsync status --state Blocked --ou ou-ab12-11111111",
            "budgetsync status --watch 10");
    }
}
