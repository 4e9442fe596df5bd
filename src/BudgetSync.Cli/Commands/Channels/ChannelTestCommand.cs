using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary><c>budgetsync channels test</c>: one message to a channel, or to each, and what became of it.</summary>
internal static class ChannelTestCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "The channel; without it, each channel gets a message", Arity = ArgumentArity.ZeroOrOne };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var command = new Command("test", "Send a channel one message that says that it is a test, and tell what its provider answered") { name, yes };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            using var access = new ChannelAccess(stack);
            var channels = Chosen(await access.ListAsync(cancellation), parsed.GetValue(name));
            if (!parsed.GetValue(yes))
            {
                terminal.DemandAnswers("nothing was sent; add --yes to send it");
                if (!await terminal.AskAsync(Question(channels), cancellation))
                {
                    await terminal.Error.WriteLineAsync("Nothing was done.");
                    return ExitCode.Failed;
                }
            }

            var trial = new ChannelTrial(stack, access);
            var failed = false;
            foreach (var channel in channels)
            {
                var (arrived, why) = await trial.RunAsync(channel, cancellation);
                failed |= !arrived;
                await terminal.Out.WriteLineAsync($"{channel.Name}: {(arrived ? "arrived" : "failed")}; {ProviderVerdict.Ended(why)}");
            }

            return failed ? ExitCode.Failed : ExitCode.Done;
        });
        return command.WithExamples("budgetsync channels test finops", "budgetsync channels test --yes");
    }

    private static ImmutableArray<DeployedChannel> Chosen(ImmutableArray<DeployedChannel> channels, string? name)
    {
        if (name is null) return channels;
        return channels.FirstOrDefault(channel => channel.Name == name) is { } one
            ? [one]
            : throw new CommandException(
                $"channels test: \"{name}\" is no channel of this deployment; write one of {string.Join(", ", channels.Select(channel => channel.Name))}",
                ExitCode.Usage);
    }

    private static string Question(ImmutableArray<DeployedChannel> channels)
    {
        var tickets = channels.Where(channel => channel.Channel.IsTicket).Select(channel => channel.Name).ToList();
        return $"Send a test message to {string.Join(", ", channels.Select(channel => channel.Name))}?"
            + (tickets.Count > 0 ? $" It makes a ticket in {string.Join(" and in ", tickets)}, which you close." : "");
    }
}
