using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary><c>budgetsync channels test</c>: one message to a channel, or to each, and what became of it.</summary>
internal static class ChannelTestCommand
{
    private const string Unproved =
        "A provider got it from here, not from EventBridge, which tells nobody an answer: of its side is seen that rule, API "
        + "destination and connection are there. What it could not bring to a channel, 'budgetsync alerts' says.";

    public static Command Create(ConsoleContext terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "The channel; without it, each channel gets a message", Arity = ArgumentArity.ZeroOrOne };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var json = new Option<bool>("--json") { Description = "Print a list of objects" };
        var command = new Command(
            "test",
            "Send a channel one message that says that it is a test, and tell what its provider answered. Exit 0, or 1 where it was not taken, nobody hears "
                + "the topic, or what brings alerts to the channel is not all there") { name, yes, json };
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
            var tried = new List<(DeployedChannel Channel, ProviderVerdict Verdict)>();
            foreach (var channel in channels)
            {
                tried.Add((channel, await trial.RunAsync(channel, cancellation)));
                if (!parsed.GetValue(json)) await terminal.Out.WriteLineAsync(Line(channel, tried[^1].Verdict));
            }

            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(new JsonArray([.. tried.Select(Json)]).ToJsonString(JsonOutput.Options));
            else if (tried.Exists(one => one.Verdict.IsTaken && !one.Channel.IsTopic)) terminal.TellFolded(Unproved);
            return tried.TrueForAll(one => one.Verdict.IsTaken) ? ExitCode.Done : ExitCode.Failed;
        });
        return command.WithExamples("budgetsync channels test finops", "budgetsync channels test --yes");
    }

    /// <summary>In the words of what a test proves.</summary>
    private static string Line(DeployedChannel channel, ProviderVerdict verdict)
    {
        var became = !verdict.IsTaken ? "failed" : channel.IsTopic ? "SNS took it" : "the provider took it";
        return $"{channel.Name}: {became}; {ProviderVerdict.Ended(verdict.Why)}";
    }

    private static JsonObject Json((DeployedChannel Channel, ProviderVerdict Verdict) one) => new()
    {
        ["name"] = one.Channel.Name,
        ["isTaken"] = one.Verdict.IsTaken,
        ["by"] = !one.Verdict.IsTaken ? null : one.Channel.IsTopic ? "SNS" : "provider",
        ["why"] = one.Verdict.Why,
    };

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
