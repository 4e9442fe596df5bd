using System.CommandLine;
using BudgetSync.Aws.Faults;
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
            var undelivered = AlertsCommand.Undelivered(stack);
            if (await undelivered.LookAsync(TimeSpan.Zero, cancellation) is not { Length: > 0 } lost)
            {
                await terminal.Error.WriteLineAsync("No message waits in the dead-letter queue.");
                return ExitCode.Done;
            }

            AlertsView.WriteLost(terminal, lost);
            var question = $"Send {Number.Count(lost.Length, "message")} once more?";
            if (!parsed.GetValue(yes))
            {
                terminal.DemandAnswers("nothing was sent; add --yes to send it");
                if (!await terminal.AskAsync(question, cancellation)) return ExitCode.Failed;
            }

            var (sent, kept) = (0, 0);
            foreach (var message in await undelivered.LookAsync(Hidden, cancellation) ?? [])
            {
                var refused = await SendAsync(undelivered, message, cancellation);
                if (refused is null) sent++;
                else kept++;
                if (refused is not null) await terminal.Error.WriteLineAsync($"{message.Channel}: {refused}");
            }

            await terminal.Out.WriteLineAsync(
                $"{Number.Count(sent, "message")} sent once more; what a channel refuses again is back in the queue within a day.");
            if (kept > 0) await terminal.Out.WriteLineAsync($"{Number.Count(kept, "message")} refused once more, and still in the queue.");
            return kept > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync alerts redrive", "budgetsync alerts redrive --yes");
    }

    /// <summary>Why it was refused; null where it was not. One channel in trouble keeps no other from its messages.</summary>
    private static async Task<string?> SendAsync(UndeliveredAlerts undelivered, UndeliveredAlert message, CancellationToken cancellation)
    {
        try
        {
            return await undelivered.RedriveAsync(message, cancellation) ? null : "the bus refused it";
        }
        catch (AwsFaultException refused)
        {
            return refused.Fault.Reason;
        }
    }
}
