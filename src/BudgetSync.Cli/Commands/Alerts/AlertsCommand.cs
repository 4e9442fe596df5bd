using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary><c>budgetsync alerts</c>: what was told, when, to which channel, and what no channel took.</summary>
internal static class AlertsCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "Every message about this account, 12 digits; without it, what is open of all accounts",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AccountOption.Check(account, "alerts");
        var json = new Option<bool>("--json") { Description = "Print an object with the open alerts, the messages and those that no channel took" };
        var command = new Command(
            "alerts",
            "Show what was told, when and to which channel, what is open, and what no channel took. Exit 0, or 1 where a message is undelivered")
            {
                account,
                json,
            };
        command.Subcommands.Add(RedriveCommand.Create(terminal));
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var (open, told) = await ReadAsync(stack, id, cancellation);
            if (id is not null && told.IsEmpty && open.All(alerts => alerts.IsEmpty)) await KnownAccount.DemandAsync(stack, AccountId.Parse(id), cancellation);
            var lost = await LostAsync(stack, await Undelivered(stack).LookAsync(TimeSpan.Zero, cancellation) ?? [], cancellation);
            if (id is not null) lost = [.. lost.Where(message => IsOf(message, id))];
            var look = new AlertsLook(open, told, lost, await TopicsAsync(stack, open, told, cancellation));
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(AlertsJson.Of(look));
            else AlertsView.Write(terminal, id, look);
            return lost.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        });
        return command.WithExamples("budgetsync alerts", "budgetsync alerts 111122223333", "budgetsync alerts redrive");
    }

    public static UndeliveredAlerts Undelivered(DeployedStack stack) =>
        new(stack.Clients.Queues, stack.Clients.Events, stack.Topics, ChannelList.UndeliveredQueue, LocalOrganization.EventBus, stack.Caller);

    /// <summary>With the account and the key of each that the ledger knows.</summary>
    public static async Task<ImmutableArray<UndeliveredAlert>> LostAsync(
        DeployedStack stack, ImmutableArray<UndeliveredAlert> lost, CancellationToken cancellation) => lost.IsEmpty
        ? lost
        : await new UndeliveredOrigins(stack.Ledger, await ChannelList.ReadAsync(stack, cancellation)).KnownAsync(lost, cancellation);

    /// <summary>The topics among the channels that are said to have been told; SNS takes what nobody hears.</summary>
    private static async Task<ImmutableArray<ChannelStanding>> TopicsAsync(
        DeployedStack stack, ImmutableArray<AccountAlerts> open, ImmutableArray<ToldAlert> told, CancellationToken cancellation)
    {
        var names = open.SelectMany(one => one.Open).SelectMany(alert => alert.Channels)
            .Concat(told.Where(message => message is { Counted: false, MessageId: not null }).Select(message => message.Channel)).ToHashSet();
        if (names.Count == 0) return [];
        using var access = new ChannelAccess(stack);
        var topics = (await access.ListAsync(cancellation)).Where(channel => channel.IsTopic && names.Contains(channel.Name));
        return [.. await Task.WhenAll(topics.Select(channel => ChannelStanding.ReadAsync(stack, channel, cancellation)))];
    }

    /// <summary>Of what the ledger does not know, whatever names the account.</summary>
    private static bool IsOf(UndeliveredAlert message, string account) =>
        message.Key.Length > 0 ? message.Account == account : message.Body.Contains(account, StringComparison.Ordinal);

    private static async Task<(ImmutableArray<AccountAlerts> Open, ImmutableArray<ToldAlert> Told)> ReadAsync(
        DeployedStack stack,
        string? account,
        CancellationToken cancellation)
    {
        try
        {
            if (account is null) return ([.. (await stack.Ledger.ReadAllAsync(cancellation)).Where(alerts => !alerts.IsEmpty)], []);
            return ([await stack.Ledger.ReadAsync(account, cancellation)], await stack.Ledger.ToldAsync(account, cancellation));
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            throw new CommandException(ChannelList.Off);
        }
    }
}
