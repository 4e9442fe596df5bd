using System.CommandLine;
using BudgetSync.Aws.Notify;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary><c>budgetsync alerts redrive</c>: sends what no channel took once more.</summary>
internal static class RedriveCommand
{
    /// <summary>Long enough to send them all before another reader sees them again.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);

    public static Command Create(ConsoleContext terminal)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var command = new Command("redrive", "Send the messages that no channel took once more, after its setting or secret was put right") { yes };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var channels = await ChannelList.ReadAsync(stack, cancellation);
            var undelivered = AlertsCommand.Undelivered(stack);
            if (await undelivered.LookAsync(TimeSpan.Zero, cancellation) is not { Length: > 0 } lost)
            {
                await terminal.Error.WriteLineAsync("No message waits in the dead-letter queue.");
                return ExitCode.Done;
            }

            AlertsView.WriteLost(terminal, await AlertsCommand.LostAsync(stack, lost, cancellation));
            var question = $"Send {Number.Count(lost.Length, "message")} once more?";
            if (!parsed.GetValue(yes))
            {
                terminal.DemandAnswers("nothing was sent; add --yes to send it");
                if (!await terminal.AskAsync(question, cancellation))
                {
                    await terminal.Error.WriteLineAsync("Nothing was done.");
                    return ExitCode.Failed;
                }
            }

            var done = await new UndeliveredRedrive(undelivered, stack.Ledger, channels, stack.Time).RunAsync(Hidden, cancellation);
            foreach (var message in done.Where(message => message.Kept is not null))
                await terminal.Error.WriteLineAsync($"{message.Message.Channel}: {message.Kept}");
            var kept = done.Count(message => message.Kept is not null);
            var overtaken = done.Count(message => message.Overtaken);
            await terminal.Out.WriteLineAsync(
                $"{Number.Count(done.Length - kept - overtaken, "message")} sent once more; what a channel refuses again is back in the queue within a day.");
            if (overtaken > 0)
                await terminal.Out.WriteLineAsync($"{Number.Count(overtaken, "message")} taken out unsent: a newer message of the same alert went out since.");
            if (kept > 0) await terminal.Out.WriteLineAsync($"{Number.Count(kept, "message")} still in the queue.");
            return kept > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync alerts redrive", "budgetsync alerts redrive --yes");
    }
}
