using System.Collections.Immutable;
using Amazon.Budgets;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary>What a person can have AWS do with a budget action (API reference, ExecuteBudgetAction).</summary>
/// <param name="Word">The subcommand, for example <c>approve</c>.</param>
/// <param name="Effect">What it does, for the help and the question.</param>
/// <param name="Suits">The states in which AWS can take it; it publishes no table, so these are what the names can mean.</param>
internal sealed record ActionExecution(string Word, ExecutionType Type, string Effect, ImmutableArray<string> Suits)
{
    public static readonly ActionExecution Approve = new(
        "approve", ExecutionType.APPROVE_BUDGET_ACTION, "Do what a MANUAL action asks, which waits for approval", ["PENDING"]);

    public static readonly ActionExecution Retry = new(
        "retry", ExecutionType.RETRY_BUDGET_ACTION, "Repeat the step that failed", ["EXECUTION_FAILURE", "REVERSE_FAILURE", "RESET_FAILURE"]);

    public static readonly ActionExecution Reverse = new(
        "reverse", ExecutionType.REVERSE_BUDGET_ACTION, "Take back what an action did; it does not act again until it is reset", ["EXECUTION_SUCCESS"]);

    public static readonly ActionExecution Reset = new(
        "reset", ExecutionType.RESET_BUDGET_ACTION, "Arm an action again that was reversed", ["REVERSE_SUCCESS"]);

    public static ImmutableArray<ActionExecution> All { get; } = [Approve, Retry, Reverse, Reset];

    /// <summary>What can be done in a state; empty where nothing can.</summary>
    public static IEnumerable<ActionExecution> In(string status) => All.Where(execution => execution.Suits.Contains(status));
}
