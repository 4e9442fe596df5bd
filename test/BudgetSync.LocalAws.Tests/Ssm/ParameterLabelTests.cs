using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Tests.Ssm;

/// <summary>Labels of versions (API reference, LabelParameterVersion and PutParameter).</summary>
public sealed class ParameterLabelTests
{
    private readonly SsmTestBed bed = new();

    [Fact]
    public async Task The_oldest_of_100_versions_is_not_dropped_while_it_has_a_label()
    {
        await bed.PutAsync("/a", "1");
        await LabelAsync(1, "mine");
        for (var i = 2; i <= 100; i++) await bed.OverwriteAsync("/a", $"{i}");

        const string put = "{'Name':'/a','Value':'101','Overwrite':true}";
        Assert.Equal("ParameterMaxVersionLimitExceeded", await bed.RefusedAsync("PutParameter", put));
        Assert.Equal("100", (await bed.GetAsync("/a"))["Value"]!.GetValue<string>());
        await LabelAsync(2, "mine");
        Assert.Equal(101, (await bed.CallAsync("PutParameter", put))["Version"]!.GetValue<int>());
        // Now the oldest one is the one with the label.
        Assert.Equal("ParameterMaxVersionLimitExceeded", await bed.RefusedAsync("PutParameter", put));
        await bed.CallAsync("DeleteParameter", "{'Name':'/a'}");
        Assert.Equal(1, (await bed.PutAsync("/a", "anew"))["Version"]!.GetValue<int>());
        await bed.OverwriteAsync("/a", "and over");
    }

    [Fact]
    public async Task A_label_is_of_one_version_and_selects_it()
    {
        await bed.PutAsync("/a", "1");
        await bed.OverwriteAsync("/a", "2");

        Assert.Equal("""{"InvalidLabels":[],"ParameterVersion":2}""", (await bed.CallAsync(Operation, "{'Name':'/a','Labels':['mine']}")).ToJsonString());
        Assert.Equal("2", (await bed.GetAsync("/a:mine"))["Value"]!.GetValue<string>());
        await LabelAsync(1, "mine");
        Assert.Equal("1", (await bed.GetAsync("/a:mine"))["Value"]!.GetValue<string>());
        var history = (await bed.CallAsync("GetParameterHistory", "{'Name':'/a'}"))["Parameters"]!.AsArray();
        Assert.Equal(["""["mine"]""", "[]"], history.Select(version => version!["Labels"]!.ToJsonString()));
        Assert.Equal(
            ["Create", "Update", Operation, Operation], bed.Events.Select(change => change["detail"]!["operation"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_label_that_AWS_does_not_take_is_told_and_left()
    {
        await bed.PutAsync("/a");
        var answer = await bed.CallAsync(Operation, "{'Name':'/a','Labels':['1st','AWSmine','ssm','a b','A.b-c_1']}");
        Assert.Equal("""["1st","AWSmine","ssm","a b"]""", answer["InvalidLabels"]!.ToJsonString());
        Assert.Equal("v", (await bed.GetAsync("/a:A.b-c_1"))["Value"]!.GetValue<string>());
        Assert.Equal("ParameterVersionNotFound", await bed.RefusedAsync("GetParameter", "{'Name':'/a:ssm'}"));

        Assert.Equal("ParameterVersionNotFound", await bed.RefusedAsync(Operation, "{'Name':'/a','ParameterVersion':2,'Labels':['x']}"));
        Assert.Equal("ParameterNotFound", await bed.RefusedAsync(Operation, "{'Name':'/b','Labels':['x']}"));
        var more = string.Join(',', Enumerable.Range(0, 10).Select(number => $"'more{number}'"));
        Assert.Equal("ParameterVersionLabelLimitExceeded", await bed.RefusedAsync(Operation, $"{{'Name':'/a','Labels':[{more}]}}"));
    }

    private const string Operation = "LabelParameterVersion";

    private Task<JsonObject> LabelAsync(int version, string label) =>
        bed.CallAsync(Operation, $"{{'Name':'/a','ParameterVersion':{version},'Labels':['{label}']}}");
}
