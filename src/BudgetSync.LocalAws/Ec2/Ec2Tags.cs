using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>Tags of instances as EC2 bounds them (EC2 user guide, "Tag your Amazon EC2 resources", "Tag restrictions").</summary>
internal static class Ec2Tags
{
    public static ImmutableDictionary<string, string> With(ImmutableDictionary<string, string> tags, AwsCall call)
    {
        foreach (var tag in call.Input.Structures("Tag"))
        {
            var (key, value) = (tag.Text("Key") ?? "", tag.Text("Value") ?? "");
            Check(key);
            if (value.Length > AwsLimits.Ec2.TagValue) throw Ec2Errors.Invalid($"Tag value exceeds the maximum length of {AwsLimits.Ec2.TagValue} characters");
            tags = tags.SetItem(key, value);
        }

        // Those of AWS's services do not count (the same page).
        return tags.Keys.Count(key => !IsReserved(key)) <= AwsLimits.Ec2.TagsPerResource
            ? tags
            : throw new AwsException("TagLimitExceeded", $"More than {AwsLimits.Ec2.TagsPerResource} tags specified");
    }

    /// <summary>A tag that is named without a value goes whatever its value is; none named: all go.</summary>
    public static ImmutableDictionary<string, string> Without(ImmutableDictionary<string, string> tags, AwsCall call)
    {
        if (!call.Input.Has("Tag")) return tags.RemoveRange(tags.Keys.Where(key => !IsReserved(key)));
        foreach (var tag in call.Input.Structures("Tag"))
        {
            var key = tag.Text("Key") ?? "";
            Check(key);
            if (tag.Text("Value") is not { } value || tags.GetValueOrDefault(key) == value) tags = tags.Remove(key);
        }

        return tags;
    }

    /// <summary>What IAM is told of the tags of a request.</summary>
    public static IamRequest Told(IamRequest request, AwsCall call, bool withValues)
    {
        var tags = call.Input.Structures("Tag").Where(tag => tag.Has("Key"))
            .Select(tag => KeyValuePair.Create(tag.RequiredText("Key"), tag.Text("Value") ?? ""))
            .ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
        return withValues ? request.WithRequestTags(tags) : tags.IsEmpty ? request : request.WithTagKeys(tags.Keys);
    }

    private static void Check(string key)
    {
        if (key.Length is 0 or > AwsLimits.Ec2.TagKey) throw Ec2Errors.Invalid($"Tag key must have 1 to {AwsLimits.Ec2.TagKey} characters.");
        if (IsReserved(key)) throw Ec2Errors.Invalid($"Tag keys starting with 'aws:' are reserved for internal use");
    }

    private static bool IsReserved(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);
}
