using BudgetSync.Core.Ai;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>One account as commands about models see it.</summary>
/// <param name="Status">What its spoke last told.</param>
/// <param name="Policy">What its rows say of models; null where they say nothing, or nothing that counts.</param>
/// <param name="Bounds">What keeps its suspensions from beginning.</param>
internal sealed record ModelAccount(StatusRow Status, AiPolicy? Policy, SuspensionBounds Bounds);
