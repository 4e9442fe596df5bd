using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <content>Labels of a parameter's versions (API reference, LabelParameterVersion; UG "Working with parameter labels").</content>
public sealed partial class SsmService
{
    private JsonObject Label(AwsCall call, ParameterRegion region)
    {
        var name = call.Input.RequiredText("Name");
        var labels = call.Input.Texts("Labels").ToHashSet(StringComparer.Ordinal);
        var taken = labels.Where(label => KnownLabel().IsMatch(label)).ToList();
        ParameterVersion labelled;
        lock (region.Gate)
        {
            if (!region.Parameters.TryGetValue(ParameterName.Key(name), out var parameter)) throw SsmErrors.NotFound(name);
            var number = (long?)call.Input.Number("ParameterVersion") ?? parameter.Latest.Version;
            labelled = parameter.Versions.Find(version => version.Version == number) ?? throw SsmErrors.NoVersion(name, $"{number}");
            labelled = labelled with { Labels = labelled.Labels.Union(taken) };
            if (labelled.Labels.Count > AwsLimits.Ssm.Labels)
                throw new AwsException(
                    "ParameterVersionLabelLimitExceeded",
                    string.Create(CultureInfo.InvariantCulture, $"A parameter version can have a maximum of {AwsLimits.Ssm.Labels} labels."));
            // A label is of one version: from another one it moves.
            var versions = parameter.Versions.ConvertAll(
                version => version.Version == number ? labelled : version with { Labels = version.Labels.Except(taken) });
            region.Parameters[ParameterName.Key(name)] = parameter with { Versions = versions };
        }

        if (taken.Count > 0) Publish("LabelParameterVersion", labelled, call);
        return new JsonObject
        {
            ["InvalidLabels"] = new JsonArray([.. labels.Except(taken).Select(label => JsonValue.Create(label))]),
            ["ParameterVersion"] = labelled.Version,
        };
    }

    [GeneratedRegex(@"\A(?!\d|aws|ssm)[a-z0-9_.\-]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KnownLabel();
}
