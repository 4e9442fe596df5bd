using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary><c>budgetsync alerts</c>: what was told, when, to which channel, and what no channel took.</summary>
internal static class AlertsCommand
{
    private const string Queue = "BudgetSync-Alerts-DeadLetters";

    public static Command Create(ConsoleContext terminal)
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "Every message about this account, 12 digits; without it, what is open of all accounts",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AccountOption.Check(account, "alerts");
        var json = new Option<bool>("--json") { Description = "Print an object with the open alerts, the messages and those that no channel took" };
        var command = new Command("alerts", "Show what was told, when and to which channel, what is open, and what no channel took") { account, json };
        command.Subcommands.Add(RedriveCommand.Create(terminal));
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var id = parsed.GetValue(account);
            var (open, told) = await ReadAsync(stack, id, cancellation);
            if (id is not null && told.IsEmpty && open.All(alerts => alerts.IsEmpty)) await KnownAccount.DemandAsync(stack, AccountId.Parse(id), cancellation);
            var lost = await LostAsync(stack, await Undelivered(stack).LookAsync(TimeSpan.Zero, cancellation) ?? [], cancellation);
            if (id is not null) lost = [.. lost.Where(message => IsOf(message, id))];
            if (parsed.GetValue(json)) await terminal.Whole.WriteLineAsync(AlertsView.Json(open, told, lost));
            else AlertsView.Write(terminal, id, open, told, lost);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync alerts", "budgetsync alerts 111122223333", "budgetsync alerts redrive");
    }

    public static UndeliveredAlerts Undelivered(DeployedStack stack) =>
        new(stack.Clients.Queues, stack.Clients.Events, stack.Topics, Queue, LocalOrganization.EventBus, stack.Caller);

    /// <summary>With the account and the key of each that the ledger knows.</summary>
    public static async Task<ImmutableArray<UndeliveredAlert>> LostAsync(
        DeployedStack stack, ImmutableArray<UndeliveredAlert> lost, CancellationToken cancellation) => lost.IsEmpty
        ? lost
        : await new UndeliveredOrigins(stack.Ledger, await ChannelList.ReadAsync(stack, cancellation)).KnownAsync(lost, cancellation);

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
