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

    /// <summary>Whether IAM takes one more policy of those whom rows suspend, and one more name of the policy of suspended people.</summary>
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

        if (report.PolicyQuota is { Full: { IsEmpty: false } names })
        {
            var why = $"IAM attaches no more managed policies to {PermissionSets.Names(names)}, so a suspension would be refused";
            return new(AiLight.Red, what, $"{why}: take one off, or raise the quota");
        }

        var policies = report.PolicyQuota switch
        {
            null => "how many policies principals have is not known, and IAM has refused nobody for it",
            { Asked: 0 } => "nobody is to be suspended by the deny policy who does not have it",
            { Asked: 1 } => "the deny policy finds room at the one whom rows suspend by it",
            { Asked: var asked } => $"the deny policy finds room at all {Count(asked)} whom rows suspend by it",
        };
        var light = report.PolicyQuota is null ? AiLight.Yellow : AiLight.Green;
        if (report.PeopleRoom is not { } room) return new(light, what, policies);
        var left = $"the policy of suspended people has room for {Count(room / NameCharacters)} more";
        return room / NameCharacters >= FewPeople
            ? new(light, what, $"{policies}; {left}")
            : new(AiLight.Yellow, what, $"{policies}; {left}: raise limits, or give people back");
    }

    private static string Others(int count) => count > 1 ? $" and {Count(count - 1)} others" : "";
}
