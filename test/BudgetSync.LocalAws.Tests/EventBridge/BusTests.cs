using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class BusTests : IAsyncDisposable
{
    private readonly World world = new();
    private readonly Api api;

    public BusTests() => api = new Api(world.Cloud, World.Spoke);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task<JsonObject> CallAsync(string operation, string input) => api.JsonAsync($"AWSEvents.{operation}", JsonNode.Parse(input)!.AsObject());

    [Theory]
    [InlineData("CreateEventBus", """{"Name":"default"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateEventBus", """{"Name":"there"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateEventBus", """{"Name":"a/b"}""", "ValidationException")]
    [InlineData("CreateEventBus", """{"Name":"a b"}""", "ValidationException")]
    [InlineData("CreateEventBus", """{"Name":""}""", "ValidationException")]
    [InlineData("DeleteEventBus", """{"Name":"default"}""", "ValidationException")]
    [InlineData("DeleteEventBus", """{"Name":"there"}""", "ValidationException")]
    [InlineData("DescribeEventBus", """{"Name":"none"}""", "ResourceNotFoundException")]
    [InlineData("PutPermission", """{"EventBusName":"there"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Principal":"1","Action":"events:PutEvents","StatementId":"s"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Principal":"*","Action":"sqs:SendMessage","StatementId":"s"}""", "ValidationException")]
    [InlineData("PutPermission", """{"EventBusName":"there","Policy":"{}","StatementId":"s"}""", "ValidationException")]
    [InlineData("RemovePermission", """{"EventBusName":"there"}""", "ValidationException")]
    [InlineData("RemovePermission", """{"EventBusName":"there","StatementId":"s"}""", "ResourceNotFoundException")]
    [InlineData("PutRule", """{"Name":"r","EventPattern":"{\"a\":[1]}","State":"ON"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"é","EventPattern":"{\"a\":[1]}"}""", "ValidationException")]
    [InlineData("PutRule", """{"Name":"r","EventBusName":"there","ScheduleExpression":"rate(1 hour)"}""", "ValidationException")]
    [InlineData(
        "PutRule",
        """{"Name":"r","EventBusName":"arn:aws:events:us-east-1:444455556666:event-bus/default","EventPattern":"{\"a\":[1]}"}""",
        "AccessDeniedException")]
    [InlineData("ListRules", """{"Limit":0}""", "ValidationException")]
    [InlineData("ListRules", """{"Limit":101}""", "ValidationException")]
    [InlineData("ListRules", """{"NextToken":"made-up"}""", "ValidationException")]
    [InlineData("ListTargetsByRule", """{"Rule":"rule","EventBusName":"there","Limit":0}""", "ValidationException")]
    [InlineData("RemoveTargets", """{"Rule":"rule","EventBusName":"there","Ids":[]}""", "ValidationException")]
    [InlineData("RemoveTargets", """{"Rule":"rule","EventBusName":"there","Ids":["a b"]}""", "ValidationException")]
    public async Task What_buses_rules_and_lists_of_them_cannot_be_is_refused(string operation, string input, string code)
    {
        await CallAsync("CreateEventBus", """{"Name":"there"}""");
        await CallAsync("PutRule", """{"Name":"rule","EventBusName":"there","EventPattern":"{\"source\":[\"x\"]}"}""");

        Assert.Equal(code, (await Api.RefusedAsync(() => CallAsync(operation, input))).Code);
    }

    [Fact]
    public async Task A_bus_without_rules_is_deleted_and_may_be_deleted_again()
    {
        await CallAsync("CreateEventBus", """{"Name":"B"}""");

        await CallAsync("DeleteEventBus", """{"Name":"B"}""");
        await CallAsync("DeleteEventBus", """{"Name":"B"}""");

        Assert.Equal("ResourceNotFoundException", (await Api.RefusedAsync(() => CallAsync("DescribeEventBus", """{"Name":"B"}"""))).Code);
    }

    [Fact]
    public async Task All_permissions_of_a_bus_are_removed_at_once()
    {
        await CallAsync("PutPermission", """{"Principal":"*","Action":"events:PutEvents","StatementId":"a"}""");

        await CallAsync("RemovePermission", """{"RemoveAllPermissions":true}""");

        Assert.Null((await CallAsync("DescribeEventBus", "{}"))["Policy"]);
    }
}
