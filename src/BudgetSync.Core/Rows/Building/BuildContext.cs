using System.Text.RegularExpressions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What a budget is built in.</summary>
/// <param name="Defaults">What the stack says where rows do not.</param>
/// <param name="Account">The account; null when a row for many accounts is looked at alone.</param>
/// <param name="Alone">True when one row is looked at alone: what is missing may stand in another row.</param>
internal sealed record BuildContext(StackDefaults Defaults, AccountId? Account, bool Alone)
{
    /// <summary>True of a parameter document: what people mistake in rows was judged before it was written.</summary>
    public bool FromDocument { get; init; }

    /// <summary>A billing view's ARN with the account put in. It may be another account's: views are shared.</summary>
    public string BillingView(Located<string> given, ProblemList problems)
    {
        var arn = given.Value.Replace(BudgetShapes.AccountPlaceholder, Account?.Value ?? "000000000000", StringComparison.Ordinal);
        if (Patterns.BillingViewArn().Match(arn).Groups["partition"].Value is var partition && partition != Defaults.Partition)
            problems.Add(
                RowRules.Partition,
                given.Path,
                $"{ValueAt.Quote(given.Value)} is in the partition {partition}; write arn:{Defaults.Partition}:…");
        return arn;
    }

    /// <summary>The ARN with the account put in; what stands in a wrong place is refused.</summary>
    /// <param name="rule">The rule that says whose account it must be.</param>
    /// <param name="awsOwned">True when AWS's own account (<c>aws</c>) is right too.</param>
    public string Arn(string arn, Regex pattern, Rule rule, string path, ProblemList problems, bool awsOwned = false)
    {
        // Without an account, any stands in: then only a literal account can be wrong.
        var written = arn;
        var own = Account?.Value ?? "000000000000";
        arn = arn.Replace(BudgetShapes.AccountPlaceholder, own, StringComparison.Ordinal);
        var match = pattern.Match(arn);
        if (match.Groups["partition"].Value != Defaults.Partition)
            problems.Add(
                RowRules.Partition,
                path,
                $"{ValueAt.Quote(written)} is in the partition {match.Groups["partition"].Value}; write arn:{Defaults.Partition}:…");
        var account = match.Groups["account"].Value;
        if (account != own && !(awsOwned && account == "aws"))
        {
            problems.Add(rule, path, Account is null
                ? $"{ValueAt.Quote(written)} names the account {account}, but the row is for many; write {{AccountId}} in its place"
                : $"{ValueAt.Quote(written)} is in the account {account}; it must be in {own} itself, so write {{AccountId}} in its place");
        }

        return arn;
    }
}
