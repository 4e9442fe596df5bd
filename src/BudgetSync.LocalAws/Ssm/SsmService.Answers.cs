using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <content>How a parameter is found and shown.</content>
public sealed partial class SsmService
{
    private static JsonObject Find(AwsCall call, ParameterRegion region, string given)
    {
        var (key, selector) = ParameterName.Read(call.AccountId, call.Region, given);
        if (key is null || !region.Parameters.TryGetValue(key, out var parameter)) throw SsmErrors.NotFound(given);
        // A name is answered as it was asked for, with or without the slash that says nothing (LocalStack's test_put_parameters, validated at AWS).
        var name = given.StartsWith("arn:", StringComparison.Ordinal) ? parameter.Latest.Name : given.Split(':')[0];
        if (selector is null) return Write(call, parameter.Latest, name, null);
        // No label begins with a digit.
        var version = parameter.Versions.Find(
            version => version.Version.ToString(CultureInfo.InvariantCulture) == selector || version.Labels.Contains(selector))
            ?? throw SsmErrors.NoVersion(name, selector);
        return Write(call, version, name, ":" + selector);
    }

    private static JsonObject Write(AwsCall call, ParameterVersion version, string name, string? selector)
    {
        var parameter = new JsonObject
        {
            ["Name"] = name,
            ["Type"] = version.Type,
            ["Value"] = version.Value,
            ["Version"] = version.Version,
            ["LastModifiedDate"] = version.Modified.ToEpochSeconds(),
            ["ARN"] = ParameterName.Arn(call.AccountId, call.Region, version.Name),
            ["DataType"] = "text",
        };
        if (selector is not null) parameter["Selector"] = selector;
        return parameter;
    }

    private static JsonObject Metadata(ParameterVersion version)
    {
        var metadata = new JsonObject
        {
            ["Name"] = version.Name,
            ["Type"] = version.Type,
            ["LastModifiedDate"] = version.Modified.ToEpochSeconds(),
            ["LastModifiedUser"] = version.ModifiedBy,
            ["Version"] = version.Version,
            ["Tier"] = version.Tier,
            ["Policies"] = new JsonArray(),
            ["DataType"] = "text",
        };
        if (version.Description is not null) metadata["Description"] = version.Description;
        if (version.AllowedPattern is not null) metadata["AllowedPattern"] = version.AllowedPattern;
        return metadata;
    }
}
