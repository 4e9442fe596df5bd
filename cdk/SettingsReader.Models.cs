using System.Collections.Immutable;

namespace BudgetSync.Cdk;

/// <content>The settings of models.</content>
internal sealed partial class SettingsReader
{
    /// <summary>Each is asked with every look at budgets of models, and has a stack in every account.</summary>
    private const int MostAiRegions = 20;

    private ImmutableArray<string> AiRegions(string key) => Regions(key, MostAiRegions, "those where models are called");

    private void RefuseModelsElsewhere(Settings settings)
    {
        if (!settings.Ai && !settings.AiRegions.IsEmpty)
            problems.Add("ai: is not true, so aiRegions has nothing to do; set it, or leave aiRegions away");
        var home = Partition(settings.HomeRegion);
        foreach (var region in settings.AiRegions.Where(region => Partition(region) != home))
            problems.Add($"aiRegions: \"{region}\" is of another partition than homeRegion {settings.HomeRegion}, and no account has both; leave it away");
    }

    /// <summary>By how AWS names regions (AWS general reference, "Regional endpoints").</summary>
    private static string Partition(string region) => region.Split('-') switch
    {
        ["cn", ..] => "aws-cn",
        ["us", "gov", ..] => "aws-us-gov",
        [var first, var second, ..] when first.Contains("iso", StringComparison.Ordinal) || second.Contains("iso", StringComparison.Ordinal) => "isolated",
        _ => "aws",
    };
}
