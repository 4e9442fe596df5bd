using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Coverage;

/// <content>What IAM shows and takes.</content>
public static partial class AiCheck
{
    /// <summary>Ours: as a name of a person and what stands around it in the policy are long.</summary>
    private const int NameCharacters = 40;

    /// <summary>Ours: fewer than begin within two hours.</summary>
    private const int FewPeople = 20;

    /// <summary>Yellow where IAM does not show the keys of a user that calls.</summary>
    private static AiCheckLine Keys(AiReport report)
    {
        var known = $"{Count(report.ActiveKeys)} long-term API keys that have called are Active";
        var unseen = report.Lines.Where(line => line is { Subject: AiSubject.Principal({ Kind: AiPrincipalKind.ApiKey }), Unattachable.Length: > 0 }).ToList();
        return unseen is [var first, ..]
            ? new(AiLight.Yellow, "keys", $"{known}; not known of {first.Subject.Key}{Others(unseen.Count)}: {first.Unattachable}")
            : new(AiLight.Green, "keys", known);
    }

    /// <summary>What IAM says when a policy is to be attached: how many others a principal has, Meter does not ask beforehand.</summary>
    private static AiCheckLine Quota(AiReport report)
    {
        const string what = "policy quota";
        var full = report.Lines.Where(line => line.State is AiState.Grace(_, var refused)
            && refused.Any(why => why.Contains("LimitExceeded", StringComparison.Ordinal))).ToList();
        if (full is [var first, ..])
        {
            var who = $"{first.Subject.Key}{Others(full.Count)}";
            return new(AiLight.Red, what, $"IAM attaches no more managed policies to {who}, so the deny policy is refused: take one off, or raise the quota");
        }

        if (report.PeopleRoom is not { } room) return new(AiLight.Green, what, "IAM has refused nobody for it");
        var left = $"the policy of suspended people has room for {Count(room / NameCharacters)} more";
        return room / NameCharacters >= FewPeople
            ? new(AiLight.Green, what, $"IAM has refused nobody for it; {left}")
            : new(AiLight.Yellow, what, $"{left}: raise limits, or give people back");
    }

    private static string Others(int count) => count > 1 ? $" and {Count(count - 1)} others" : "";
}
