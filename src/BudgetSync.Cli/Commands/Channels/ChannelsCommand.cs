using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary><c>budgetsync channels</c>: where alerts of the deployment may go, and whether they get there.</summary>
internal static class ChannelsCommand
{
    public static Command Create(ConsoleContext terminal) => new("channels", "List the channels of alerts, and send one a test message")
    {
        ChannelListCommand.Create(terminal),
        ChannelTestCommand.Create(terminal),
    };
}
