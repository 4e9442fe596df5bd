using System.Collections.Immutable;

namespace BudgetSync.Aws.Organizations;

/// <summary>What became of attachments of policies that are to go.</summary>
/// <param name="Freed">How many were taken away.</param>
/// <param name="OutOfTime">How many were left because the time was up.</param>
/// <param name="Refused">Those that AWS Organizations refused to take away, each with the reason.</param>
public sealed record ReleasedControls(int Freed, int OutOfTime, ImmutableArray<string> Refused)
{
    /// <summary>Nothing is bound any more.</summary>
    public bool IsComplete => OutOfTime == 0 && Refused.IsEmpty;

    /// <summary>For whoever reads the events of the stack.</summary>
    /// <param name="type">Of CloudFormation's request: after a failed deletion it is the deletion that goes on, else the deployment.</param>
    public string Text(string type)
    {
        if (IsComplete) return "No account, unit or root is bound any more by a policy that goes.";
        var again = type == "Delete" ? "delete the stack again" : "deploy again";
        var time = OutOfTime > 0
            ? $" {OutOfTime} are left because the time of one run was up (AWS Organizations takes two a second): {again}, and it goes on with them."
            : "";
        var refused = Refused.IsEmpty ? "" : $" {Refused.Length} were refused: put that right and {again}. {string.Join("; ", Refused)}";
        return $"{Freed} attachments of the organization's policies were taken away.{time}{refused}";
    }
}
