using Amazon.Budgets;
using Amazon.Budgets.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary>The budget actions of accounts, read and executed with a role there.</summary>
internal sealed class AccountActions(DeployedStack stack, ReadSessions sessions)
{
    /// <summary>
    /// An execution takes seconds to minutes: often at first for the person who waits, then as seldom as AWS Budgets, which throttles early, likes it.
    /// </summary>
    private static readonly (TimeSpan First, TimeSpan Longest) Poll = (TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(4));

    /// <summary>All of an account, in order of budget and id.</summary>
    /// <exception cref="AwsFaultException">The account cannot be looked into.</exception>
    public async Task<IReadOnlyList<BudgetActionLine>> ReadAsync(AccountId account, string name, CancellationToken cancellation)
    {
        using var clients = await sessions.OpenAsync(account, cancellation);
        return await ReadAsync(clients.Budgets, account, name, cancellation);
    }

    /// <summary>What happened to one action, oldest first.</summary>
    public async Task<IReadOnlyList<ActionHistory>> HistoryAsync(BudgetActionLine line, CancellationToken cancellation)
    {
        using var clients = await sessions.OpenAsync(AccountId.Parse(line.AccountId), cancellation);
        var events = await Pages.ReadAsync<ActionHistory, string>(
            stack.Caller,
            "budgets",
            "DescribeBudgetActionHistories",
            async (next, token) =>
            {
                var answer = await clients.Budgets.DescribeBudgetActionHistoriesAsync(
                    new DescribeBudgetActionHistoriesRequest
                    {
                        AccountId = line.AccountId,
                        BudgetName = line.Action.BudgetName,
                        ActionId = line.Action.ActionId,
                        MaxResults = AwsLimits.ActionHistoryPage,
                        NextToken = next,
                    },
                    token);
                return (answer.ActionHistories, answer.NextToken);
            },
            cancellation);
        return [.. events.OrderBy(happened => happened.Timestamp)];
    }

    /// <summary>Has AWS do it, and reads the account's actions until this one is busy no more.</summary>
    /// <param name="patience">How long it may take.</param>
    /// <returns>The action as it stands then.</returns>
    public async Task<BudgetActionLine> ExecuteAsync(
        BudgetActionLine line,
        ExecutionType type,
        TimeSpan patience,
        Action<string> tell,
        CancellationToken cancellation)
    {
        var account = AccountId.Parse(line.AccountId);
        using var clients = await sessions.OpenAsync(account, cancellation);
        await stack.Caller.CallAsync(
            "budgets",
            "ExecuteBudgetAction",
            token => clients.Budgets.ExecuteBudgetActionAsync(
                new ExecuteBudgetActionRequest
                {
                    AccountId = line.AccountId,
                    BudgetName = line.Action.BudgetName,
                    ActionId = line.Action.ActionId,
                    ExecutionType = type,
                },
                token),
            cancellation);
        var until = stack.Time.GetUtcNow() + patience;
        for (var pause = Poll.First; ; pause = pause * 2 < Poll.Longest ? pause * 2 : Poll.Longest)
        {
            var now = (await ReadAsync(clients.Budgets, account, line.Name, cancellation))
                .FirstOrDefault(other => other.Action.ActionId == line.Action.ActionId)
                ?? throw new CommandException($"the action {line.Action.ActionId} was deleted meanwhile; 'budgetsync action list' tells what there is.");
            if (!now.IsBusy || stack.Time.GetUtcNow() >= until) return now;
            tell($"{now.Status} since {type} was asked");
            await Task.Delay(pause, stack.Time, cancellation);
        }
    }

    private async Task<IReadOnlyList<BudgetActionLine>> ReadAsync(IAmazonBudgets budgets, AccountId account, string name, CancellationToken cancellation)
    {
        var actions = await Pages.ReadAsync<Amazon.Budgets.Model.Action, string>(
            stack.Caller,
            "budgets",
            "DescribeBudgetActionsForAccount",
            async (next, token) =>
            {
                var request = new DescribeBudgetActionsForAccountRequest
                {
                    AccountId = account.Value,
                    MaxResults = AwsLimits.SubscribersPage,
                    NextToken = next,
                };
                var answer = await budgets.DescribeBudgetActionsForAccountAsync(request, token);
                return (answer.Actions, answer.NextToken);
            },
            cancellation);
        return
        [
            .. actions.OrderBy(action => action.BudgetName, StringComparer.Ordinal).ThenBy(action => action.ActionId, StringComparer.Ordinal)
                .Select(action => new BudgetActionLine(account.Value, name, action)),
        ];
    }
}
