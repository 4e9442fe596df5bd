using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary><c>budgetsync status --watch</c>: the same screen again and again, drawn over the last one on a terminal and below it elsewhere.</summary>
internal static class StatusWatch
{
    /// <summary>Clears the screen and goes to its corner. Source: ECMA-48, ED and CUP.</summary>
    private const string Clear = "\u001b[2J\u001b[H";

    /// <summary>Lines of a screen that the counts and the advice take.</summary>
    private const int FrameLines = 18;

    /// <summary>A screen shorter than that scrolls.</summary>
    private const int FewestLines = 5;

    /// <summary>Looks until it is interrupted.</summary>
    /// <returns>What the last look came to: Ctrl+C is how a watch ends, and no fault.</returns>
    public static async Task<int> RunAsync(
        DeployedStack stack,
        ConsoleContext terminal,
        TimeSpan interval,
        string? only,
        AccountListWish<CoverageState> wish,
        CancellationToken cancellation)
    {
        int? last = null;
        try
        {
            while (true)
            {
                // All is read before the screen is cleared, so that it is never empty for longer than it takes to draw.
                var look = await StatusLook.TakeAsync(stack, terminal, only, Fitting(wish, terminal), cancellation);
                var at = Age.At(look.Now);
                if (terminal.Interactive && terminal.Out is PrintableWriter { Inner: var screen }) await screen.WriteAsync(Clear);
                else if (last is not null) await terminal.Out.WriteLineAsync();
                await terminal.Out.WriteLineAsync($"{at}, every {Age.Of(interval)} until Ctrl+C");
                last = look.Write();
                await terminal.Out.FlushAsync(cancellation);
                await Task.Delay(interval, stack.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && last is not null)
        {
            return last.Value;
        }
    }

    private static AccountListWish<CoverageState> Fitting(AccountListWish<CoverageState> wish, ConsoleContext terminal) =>
        wish.Limit is not null || !terminal.Interactive
            ? wish
            : wish with { Limit = Math.Max(FewestLines, terminal.Screen(terminal.Out).Profile.Height - FrameLines) };
}
