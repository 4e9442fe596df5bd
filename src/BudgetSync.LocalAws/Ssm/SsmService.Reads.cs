using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

public sealed partial class SsmService
{
    private void DeclareReads()
    {
        Declare("GetParameter", SsmShapes.GetParameter, call => [On(call, "ssm:GetParameter", call.Input.RequiredText("Name"))], Get);
        Declare("GetParameters", SsmShapes.GetParameters, call => call.Input.Texts("Names").Select(name => On(call, "ssm:GetParameters", name)), GetMany);
        Declare(
            "GetParametersByPath",
            SsmShapes.GetParametersByPath,
            call => [On(call, "ssm:GetParametersByPath", call.Input.RequiredText("Path"))],
            GetByPath);
        Declare("GetParameterHistory", SsmShapes.GetParameterHistory, call => [On(call, "ssm:GetParameterHistory", call.Input.RequiredText("Name"))], History);
        Declare("DescribeParameters", SsmShapes.DescribeParameters, _ => [new IamRequest("ssm:DescribeParameters", "*")], Describe);
    }

    private static JsonObject Get(AwsCall call, ParameterRegion region)
    {
        lock (region.Gate) return new JsonObject { ["Parameter"] = Find(call, region, call.Input.RequiredText("Name")) };
    }

    private static JsonObject GetMany(AwsCall call, ParameterRegion region)
    {
        var found = new JsonArray();
        var invalid = new JsonArray();
        lock (region.Gate)
        {
            foreach (var name in call.Input.Texts("Names").Distinct(StringComparer.Ordinal))
            {
                try
                {
                    found.Add(Find(call, region, name));
                }
                catch (AwsException missing) when (missing.Code is "ParameterNotFound" or "ParameterVersionNotFound")
                {
                    invalid.Add(name);
                }
            }
        }

        return new JsonObject { ["Parameters"] = found, ["InvalidParameters"] = invalid };
    }

    private static JsonObject GetByPath(AwsCall call, ParameterRegion region)
    {
        var path = call.Input.RequiredText("Path");
        if (!path.StartsWith('/'))
            throw SsmErrors.Invalid($"The parameter path \"{path}\" must begin with a slash.");
        if (call.Input.Structures("ParameterFilters").FirstOrDefault() is { } filter)
            throw new AwsException("InvalidFilterKey", $"LocalAws knows no filter of GetParametersByPath; leave \"{filter.Text("Key")}\" out.");
        var prefix = path == "/" ? "/" : path.TrimEnd('/') + "/";
        var recursive = call.Input.Flag("Recursive") ?? false;
        lock (region.Gate)
        {
            return new Paginator($"GetParametersByPath {path}", AwsLimits.Ssm.PathPage, "InvalidNextToken").Answer(
                call.Input,
                "Parameters",
                region.Parameters.Where(entry => IsBelow(ParameterName.Path(entry.Key), prefix, recursive)),
                entry => entry.Key,
                entry => Write(call, entry.Value.Latest, entry.Value.Latest.Name, null));
        }
    }

    private static bool IsBelow(string path, string prefix, bool recursive) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (recursive || path.IndexOf('/', prefix.Length) < 0);

    private static JsonObject History(AwsCall call, ParameterRegion region)
    {
        var given = call.Input.RequiredText("Name");
        lock (region.Gate)
        {
            if (ParameterName.Read(call.AccountId, call.Region, given).Key is not { } name || !region.Parameters.TryGetValue(name, out var parameter))
                throw SsmErrors.NotFound(given);
            return new Paginator($"GetParameterHistory {name}", AwsLimits.Ssm.Page, "InvalidNextToken").Answer(
                call.Input,
                "Parameters",
                parameter.Versions,
                version => version.Version.ToString("D19", CultureInfo.InvariantCulture),
                version =>
                {
                    var history = Metadata(version);
                    history["Value"] = version.Value;
                    history["Labels"] = new JsonArray([.. version.Labels.Select(label => JsonValue.Create(label))]);
                    return history;
                });
        }
    }

    private static JsonObject Describe(AwsCall call, ParameterRegion region)
    {
        if (call.Input.Flag("Shared") == true) throw SsmErrors.Invalid("LocalAws shares no parameters between accounts; leave Shared out.");
        var filters = call.Input.Structures("ParameterFilters").Select(ParameterFilter.Read).ToList();
        lock (region.Gate)
        {
            return new Paginator("DescribeParameters", AwsLimits.Ssm.Page, "InvalidNextToken").Answer(
                call.Input,
                "Parameters",
                region.Parameters.Where(entry => filters.TrueForAll(filter => filter.Matches(entry.Value.Latest))),
                entry => entry.Key,
                entry =>
                {
                    var metadata = Metadata(entry.Value.Latest);
                    metadata["ARN"] = ParameterName.Arn(call.AccountId, call.Region, entry.Key);
                    return metadata;
                });
        }
    }
}
