using System.Collections.Immutable;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>The roles that no policy of ours binds: without them a restriction could not be undone.</summary>
internal static class ExemptRoles
{
    /// <summary>Names with paths, a star for any letters.</summary>
    /// <remarks>
    /// BudgetSync's own by their whole names: a pattern would exempt every role that somebody in the account gives such a name. Those of StackSets end in what
    /// AWS chooses. The other two are those by which an organization's administrators reach an account (AWS Organizations user guide, "Accessing member
    /// accounts in an organization"; Control Tower user guide, "How AWS Control Tower works with roles").
    /// </remarks>
    public static ImmutableArray<string> Of(Settings settings) =>
        [settings.ApplyRoleName, settings.SpokeRoleName, Names.ForwardReports, .. OfModels(settings), .. OfOrganization(settings)];

    /// <summary>Those that count what models cost; the first, of the home region, also suspends and gives back.</summary>
    public static ImmutableArray<string> OfModels(Settings settings) =>
        settings.Ai ? [Names.Meter, .. settings.OtherAiRegions.Select(region => $"{Names.Meter}-{region}")] : [];

    /// <summary>Those that are not BudgetSync's.</summary>
    public static ImmutableArray<string> OfOrganization(Settings settings) =>
        ["stacksets-exec-*", "OrganizationAccountAccessRole", "AWSControlTowerExecution", .. settings.ExemptRoles];

    public static string Arn(string role) => $"arn:*:iam::*:role/{role}";

    public static string[] Arns(Settings settings) => [.. Of(settings).Select(Arn)];
}
