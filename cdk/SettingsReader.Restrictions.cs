using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk;

/// <content>The settings of restrictions.</content>
internal sealed partial class SettingsReader
{
    /// <summary>As a row names one (the shape of Policy).</summary>
    private const string ListName = "^[A-Za-z][A-Za-z0-9-]{0,31}$";

    /// <summary>A service's prefix and an action, either with stars; the service authorization reference has no other letters.</summary>
    private const string ActionName = @"^[a-z0-9-]+:[A-Za-z0-9*]+$";

    /// <summary>Each is asked one after the other by every apply, and named in the policies of every spoke.</summary>
    private const int MostStopRegions = 10;

    private ImmutableSortedDictionary<string, ImmutableArray<string>> DenyLists(string key)
    {
        var lists = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (context(key) is not { } written || written is "") return ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        JsonNode? node;
        try
        {
            node = ContextJson.Read(written);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Add($"{key}: it is neither a JSON object nor a file that can be read: {unreadable.Message}");
            return lists.ToImmutable();
        }

        if (node is not JsonObject named)
        {
            problems.Add($"{key}: it is no object; write for example {{\"critical\":[\"ec2:RunInstances\",\"rds:StartDB*\"]}}");
            return lists.ToImmutable();
        }

        foreach (var (name, value) in named)
        {
            var actions = value is JsonArray items ? items.Select(item => item?.ToString() ?? "").ToImmutableArray() : [];
            if (!Regex.IsMatch(name, ListName))
                problems.Add($"{key}: \"{name}\" is no name of a list; write letters, digits and -, 32 at most, a letter first");
            if (actions.IsEmpty) problems.Add($"{key}: \"{name}\" denies nothing; list actions, for example [\"ec2:RunInstances\"]");
            foreach (var action in actions.Where(action => !Regex.IsMatch(action, ActionName)))
                problems.Add($"{key}: \"{action}\" of \"{name}\" is no action; write service:Action, for example rds:StartDB*");
            lists[name] = actions;
        }

        return lists.ToImmutable();
    }

    private ImmutableArray<string> StopRegions(string key) => Regions(key, MostStopRegions, "those where money is spent");

    /// <param name="rather">Which to name where there are too many.</param>
    private ImmutableArray<string> Regions(string key, int most, string rather)
    {
        var regions = (Written(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var region in regions.Where(region => !Regex.IsMatch(region, Settings.RegionPattern)))
            problems.Add($"{key}: \"{region}\" is no region; write for example us-east-1,eu-west-1");
        if (regions.Length > most) problems.Add($"{key}: {regions.Length} regions; name {most} at most, {rather}");
        return regions.Length == 0 ? [] : [.. regions.Distinct(StringComparer.Ordinal)];
    }

    private ImmutableArray<string> ExemptRoles(string key)
    {
        var roles = (Written(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var role in roles.Where(role => !Regex.IsMatch(role, Settings.ExemptRolePattern)))
            problems.Add(
                $"{key}: \"{role}\" is no name of a role; write 3 letters or more, with its path where it has one, and * for any letters: breakglass/Admin-*");
        return roles.Length == 0 ? [] : [.. roles];
    }
}
