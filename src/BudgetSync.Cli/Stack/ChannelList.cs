using System.Collections.Immutable;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Stack;

/// <summary>The channels of a deployment, as its management stack wrote them down.</summary>
internal static class ChannelList
{
    /// <summary>Where the stack keeps them (cdk, Names.Channels).</summary>
    public const string Parameter = "/BudgetSync/Channels";

    /// <summary>The queue of what no channel took (cdk, ChannelDelivery).</summary>
    public const string UndeliveredQueue = "BudgetSync-Alerts-DeadLetters";

    /// <summary>What to say where the deployment has no channels.</summary>
    public const string Off = "alerts are off in this deployment; its setting channels turns them on (cdk/README.md, Channels), "
        + "and --channels those of 'budgetsync local'.";

    /// <summary>What to say where the text is no such list.</summary>
    public const string Illegible = $"the parameter {Parameter} is no list of channels; deploy the management stack again.";

    /// <summary>The list's text; null where there are none but the operations topic.</summary>
    /// <exception cref="CommandException">Alerts are off.</exception>
    public static async Task<string?> TextAsync(DeployedStack stack, CancellationToken cancellation)
    {
        if (stack.ChannelNames is not { } names) throw new CommandException(Off);
        if (names.IsEmpty) return null;
        var request = new GetParameterRequest { Name = Parameter };
        var answer = await stack.Caller.CallAsync("ssm", "GetParameter", token => stack.Clients.OwnSystems.GetParameterAsync(request, token), cancellation);
        return answer.Parameter.Value;
    }

    /// <summary>All, the operations topic among them.</summary>
    /// <exception cref="CommandException">Alerts are off, or the list cannot be read.</exception>
    public static async Task<ImmutableArray<Channel>> ReadAsync(DeployedStack stack, CancellationToken cancellation)
    {
        if (await TextAsync(stack, cancellation) is not { } text) return [ChannelSettings.Operations];
        var (channels, problems) = ChannelSettings.Parse(text);
        return problems.IsEmpty ? [.. channels.Values] : throw new CommandException(Illegible);
    }
}
