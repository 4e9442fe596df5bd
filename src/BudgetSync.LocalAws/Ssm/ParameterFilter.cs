using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>One filter of DescribeParameters: by Name, Type or Tier.</summary>
internal sealed record ParameterFilter(string Key, string Option, IReadOnlyList<string> Values)
{
    public static ParameterFilter Read(JsonObject filter)
    {
        var key = filter.RequiredText("Key");
        var option = filter.Text("Option") ?? "Equals";
        if (key is not ("Name" or "Type" or "Tier"))
            throw new AwsException("InvalidFilterKey", $"LocalAws filters parameters by Name, Type and Tier, not by \"{key}\".");
        if (option is not ("Equals" or "BeginsWith" or "Contains") || (option != "Equals" && key != "Name"))
            throw new AwsException(
                "InvalidFilterOption",
                $"The filter option \"{option}\" is not valid for {key}: Name takes Equals, BeginsWith and Contains, Type and Tier only Equals.");
        var values = filter.Texts("Values").ToList();
        if (values.Count == 0) throw new AwsException("InvalidFilterValue", $"The filter on {key} has no value.");
        return new ParameterFilter(key, option, values);
    }

    public bool Matches(ParameterVersion parameter)
    {
        var actual = Key switch
        {
            "Name" => parameter.Name,
            "Type" => parameter.Type,
            _ => parameter.Tier,
        };
        return Values.Any(value => Option switch
        {
            "BeginsWith" => actual.StartsWith(value, StringComparison.Ordinal),
            "Contains" => actual.Contains(value, StringComparison.Ordinal),
            _ when Key == "Name" => ParameterName.Key(actual) == ParameterName.Key(value),
            _ => actual == value,
        });
    }
}
