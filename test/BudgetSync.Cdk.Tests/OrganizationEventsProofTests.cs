using System.Text.Json.Nodes;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Cdk.Tests;

/// <summary>
/// Least privilege of the stack that forwards the organization's events, proved from both sides as for the other stacks (PermissionProofTests of the functions'
/// tests): deployed on LocalAws, an account's move arrives in the home region, and with any one action less it does not.
/// </summary>
[Collection(nameof(Jsii))]
public sealed class OrganizationEventsProofTests
{
    private const string Management = "111122223333";
    private const string Member = "222222222222";
    private const string Home = "eu-west-1";
    private const string Queue = $"arn:aws:sqs:{Home}:{Management}:arrived";

    [CdkFact]
    public async Task A_move_arrives_in_the_home_region_and_with_any_single_action_less_it_does_not()
    {
        using var app = new SynthesizedApp(new Settings { ManagementAccountId = Management, HomeRegion = Home, ForwardOrganizationEvents = true });
        var template = app.Stacks["BudgetSync-OrganizationEvents"].Root;

        Assert.Equal(1, await ArrivedAsync(template));
        var granted = Allowing(template).Select(statement => statement["Action"]!.ToString()).ToList();
        Assert.Equal(["events:PutEvents", "sts:AssumeRole"], granted.Order(StringComparer.Ordinal));
        foreach (var action in granted)
        {
            var less = template.DeepClone().AsObject();
            Allowing(less).Single(statement => statement["Action"]!.ToString() == action)["Action"] = "removed:Removed";
            Assert.Equal(0, await ArrivedAsync(less));
        }
    }

    /// <summary>How many events of a move arrive on the home region's default bus.</summary>
    private static async Task<int> ArrivedAsync(JsonObject template)
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions
        {
            Time = new VirtualClock(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)),
            Stepped = true,
            ManagementAccountId = Management,
        });
        cloud.Organizations.AddAccount(Member, "member");
        var unit = cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Members");
        var deployed = cloud.CloudFormation.DeployAsync(
            Management,
            "us-east-1",
            "BudgetSync-OrganizationEvents",
            LocalAws.CloudFormation.Template.Parse(template.ToJsonString()),
            new Dictionary<string, string>());
        await RunAsync(cloud);
        await deployed;
        await ListenAsync(cloud);
        await AskAsync(cloud, cloud.Organizations, "us-east-1", "MoveAccount", new JsonObject
        {
            ["AccountId"] = Member,
            ["SourceParentId"] = OrganizationsService.RootId,
            ["DestinationParentId"] = unit,
        });
        await RunAsync(cloud);
        return cloud.Sqs.Messages(Queue).Count;
    }

    private static async Task ListenAsync(LocalCloud cloud)
    {
        var policy = $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{Queue}}"}]}
            """;
        await AskAsync(
            cloud, cloud.Sqs, Home, "CreateQueue", new JsonObject { ["QueueName"] = "arrived", ["Attributes"] = new JsonObject { ["Policy"] = policy } });
        await AskAsync(
            cloud, cloud.EventBridge, Home, "PutRule", new JsonObject { ["Name"] = "Arrived", ["EventPattern"] = """{"source":["aws.organizations"]}""" });
        await AskAsync(cloud, cloud.EventBridge, Home, "PutTargets", new JsonObject
        {
            ["Rule"] = "Arrived",
            ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "Queue", ["Arn"] = Queue }),
        });
    }

    private static Task<JsonObject> AskAsync(LocalCloud cloud, AwsService service, string region, string operation, JsonObject input) =>
        cloud.Gateway.InvokeAsync(service, new AwsCall(service.SigningName, operation, Caller.Root(Management), region, input), CancellationToken.None);

    private static async Task RunAsync(LocalCloud cloud)
    {
        while (cloud.Work.Ready.Count > 0) await cloud.Work.RunOneAsync(0);
    }

    private static IEnumerable<JsonObject> Allowing(JsonNode? node) => node switch
    {
        JsonObject statement when statement["Effect"]?.ToString() == "Allow" => [statement],
        JsonObject members => members.SelectMany(member => Allowing(member.Value)),
        JsonArray items => items.SelectMany(Allowing),
        _ => [],
    };
}
