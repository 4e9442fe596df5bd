using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Ssm;

public sealed class SsmPermissionTests
{
    private const string Arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";

    private readonly SsmTestBed bed = new();

    [Theory]
    [InlineData("GetParameter", "{'Name':'/a:1'}", "ssm:GetParameter", Arn)]
    [InlineData("GetParameters", "{'Names':['/a']}", "ssm:GetParameters", Arn)]
    [InlineData("GetParametersByPath", "{'Path':'/a'}", "ssm:GetParametersByPath", Arn)]
    [InlineData("GetParameterHistory", "{'Name':'/a'}", "ssm:GetParameterHistory", Arn)]
    [InlineData("DescribeParameters", "{}", "ssm:DescribeParameters", "*")]
    [InlineData("DeleteParameter", "{'Name':'/a'}", "ssm:DeleteParameter", Arn)]
    [InlineData("LabelParameterVersion", "{'Name':'/a','Labels':['x']}", "ssm:LabelParameterVersion", Arn)]
    [InlineData("AddTagsToResource", "{'ResourceType':'Parameter','ResourceId':'/a','Tags':[]}", "ssm:AddTagsToResource", Arn)]
    [InlineData("ListTagsForResource", "{'ResourceType':'Parameter','ResourceId':'/a'}", "ssm:ListTagsForResource", Arn)]
    public async Task Each_operation_needs_its_own_permission_on_the_parameter(string operation, string input, string action, string resource)
    {
        await bed.PutAsync("/a/b");

        var need = Assert.Single(Needs(operation, input));

        Assert.Equal((action, resource), (need.Action, need.Resource));
    }

    [Fact]
    public void PutParameter_tells_IAM_whether_it_overwrites()
    {
        Assert.Equal("false", Needs("PutParameter", "{'Name':'/a','Value':'v'}").Single().Context["ssm:Overwrite"].Single());
        Assert.Equal("true", Needs("PutParameter", "{'Name':'/a','Value':'v','Overwrite':true}").Single().Context["ssm:Overwrite"].Single());
    }

    [Fact]
    public void PutParameter_with_tags_needs_AddTagsToResource_too()
    {
        var needs = Needs("PutParameter", "{'Name':'/a','Value':'v','Tags':[{'Key':'k','Value':'v'}]}");

        Assert.Equal(["ssm:PutParameter", "ssm:AddTagsToResource"], needs.Select(need => need.Action));
        Assert.All(needs, need => Assert.Equal("v", need.Context["aws:RequestTag/k"].Single()));
        Assert.All(needs, need => Assert.Equal("k", need.Context["aws:TagKeys"].Single()));
    }

    [Fact]
    public async Task A_parameters_own_tags_are_told_to_IAM()
    {
        await bed.CallAsync("PutParameter", "{'Name':'/a','Type':'String','Value':'v','Tags':[{'Key':'owner','Value':'me'}]}");

        Assert.Equal("me", Needs("GetParameter", "{'Name':'/a'}").Single().Context["aws:ResourceTag/owner"].Single());
    }

    private List<IamRequest> Needs(string operation, string input)
    {
        var call = new AwsCall(
            "ssm",
            operation,
            Caller.Root(SsmTestBed.Spoke),
            "us-east-1",
            System.Text.Json.Nodes.JsonNode.Parse(input.Replace('\'', '"'))!.AsObject());
        return [.. bed.Cloud.Ssm.Find(operation)!.Needs(call)];
    }
}
