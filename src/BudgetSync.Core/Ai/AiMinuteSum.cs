namespace BudgetSync.Core.Ai;

/// <summary>What one principal called in one minute.</summary>
public readonly record struct AiMinuteSum(AiPrincipal Principal, AiMinute Minute);
