using System.Collections.Immutable;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>Where an account's budgets of models stand after a run.</summary>
/// <param name="Changed">It is others than what was told last.</param>
/// <param name="Digest">Of what changes in it: to be kept once it was told.</param>
/// <param name="Attachable">To whom a suspension would attach the deny policy.</param>
public readonly record struct SettledBudgets(AiReport Report, bool Changed, string Digest, ImmutableArray<AiPrincipal> Attachable);
