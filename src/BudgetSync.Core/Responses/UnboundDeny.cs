using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Responses;

/// <summary>A deny that binds nobody at all, which is in force for nobody.</summary>
public static class UnboundDeny
{
    /// <summary>Names given of whom it means; the others are counted.</summary>
    private const int Named = 3;

    /// <summary>Why nobody at all is bound; null where somebody is, or nobody is there to be: an account without people.</summary>
    /// <param name="all">Every role and user of the account.</param>
    /// <param name="exempt">Patterns of role names beside <see cref="ExemptRoles.Always"/>.</param>
    public static string? Reason(DesiredRestriction deny, IReadOnlyCollection<Principal> all, IReadOnlyCollection<string> exempt)
    {
        var asked = all.Where(deny.Asks).ToList();
        if (asked.Exists(principal => DenyPlan.IsBindable(principal, exempt))) return null;
        if (deny.Binds.IsEmpty)
            return asked.Exists(principal => principal.IsUnmodifiable) ? "nobody is bound: whoever is not exempt comes by roles that AWS alone changes" : null;
        if (asked.Count > 0) return "nobody is bound: all whom it names are exempt, or changed by AWS alone";
        var names = all.Where(principal => DenyPlan.IsBindable(principal, exempt)).ToLookup(principal => principal.IsUser, principal => principal.Name);
        List<string> meant = [.. deny.Binds.Roles, .. deny.Binds.Users];
        List<string> near =
        [
            .. deny.Binds.Roles.Select(name => NearestName.Of(name, names[false]))
                .Concat(deny.Binds.Users.Select(name => NearestName.Of(name, names[true])))
                .OfType<string>().Distinct(StringComparer.Ordinal).Take(Named),
        ];
        var more = meant.Count > Named ? $" and {meant.Count - Named} more" : "";
        return $"no role or user matches {string.Join(", ", meant.Take(Named))}{more}, so nobody is bound"
            + (near.Count == 0 ? "" : $"; the nearest name is {string.Join(", ", near)}");
    }
}
