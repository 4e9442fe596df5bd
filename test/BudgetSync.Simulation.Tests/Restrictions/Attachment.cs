using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>One of our policies on a role or user of an account.</summary>
/// <param name="Policy">Its name, below the path of our policies.</param>
internal sealed record Attachment(string Account, string Policy, bool IsUser, string Name)
{
    public string Arn => $"arn:aws:iam::{Account}:policy/BudgetSync/{Policy}";

    /// <summary>What a call attaches or detaches.</summary>
    public static Attachment Of(AwsCall call)
    {
        var policy = $"{call.Input["PolicyArn"]}".Split('/')[^1];
        return call.Input["UserName"] is { } user
            ? new Attachment(call.AccountId, policy, true, user.ToString())
            : new Attachment(call.AccountId, policy, false, $"{call.Input["RoleName"]}");
    }
}
