using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Tables;

/// <summary>Rows are written only where they are still what was read.</summary>
public sealed class BudgetsTableTests
{
    private static readonly RowImage Whole = Row(
        """{"BudgetValue":1500.50,"Thresholds":[80,"100 FORECASTED"],"CostFilters":{"Service":["a"]},"SnsTopicArn":null,"Enabled":true"""
            + ""","x-team":"t","Note":""}""");

    [Fact]
    public async Task A_row_is_added_changed_and_removed()
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        Assert.True(await table.WriteAsync(null, Whole, default));
        Assert.True(RowEquivalence.SameItem(Whole, await ReadAsync(table)));

        var changed = new RowImage(
            Whole.Attributes.Items.SetItem("BudgetValue", new RowValue.Number("2")).Remove("Thresholds").Add("Unit", new RowValue.Text("USD")));
        Assert.True(await table.WriteAsync(await ReadAsync(table), changed, default));
        Assert.True(RowEquivalence.SameItem(changed, await ReadAsync(table)));

        Assert.True(await table.WriteAsync(await ReadAsync(table), null, default));
        Assert.Null(await table.ReadAsync(Alpha, default));
    }

    [Theory]
    [InlineData("SET BudgetValue = :v", "{\"N\":\"7\"}")]
    [InlineData("SET Note = :v", "{\"S\":\"mine\"}")]
    [InlineData("SET #u = :v", "{\"S\":\"EUR\"}")]
    [InlineData("REMOVE SnsTopicArn", null)]
    [InlineData("SET ChangedAt = :v", "{\"S\":\"2026-01-31T12:00:00.000Z\"}")]
    public async Task An_edit_made_meanwhile_is_never_overwritten(string edit, string? value)
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        await table.WriteAsync(null, Whole, default);
        var read = await ReadAsync(table);
        await world.As(Management).Dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = "BudgetSync-Budgets",
            Key = new() { ["AccountId"] = Text(Alpha) },
            UpdateExpression = edit,
            ExpressionAttributeNames = edit.Contains('#', StringComparison.Ordinal) ? new() { ["#u"] = "Unit" } : null,
            ExpressionAttributeValues = value is null ? null : new() { [":v"] = Typed(value) },
        });
        var theirs = await ReadAsync(table);

        Assert.False(await table.WriteAsync(read, Row("""{"BudgetValue":9}"""), default));
        Assert.False(await table.WriteAsync(read, null, default));
        Assert.False(await table.WriteAsync(null, Row("""{"BudgetValue":9}"""), default));
        Assert.True(RowEquivalence.SameItem(theirs, await ReadAsync(table)));
    }

    [Fact]
    public async Task An_attribute_of_somebodys_own_that_came_meanwhile_outlives_a_change()
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        await table.WriteAsync(null, Row("""{"BudgetValue":1}"""), default);
        var read = await ReadAsync(table);
        await world.As(Management).Dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = "BudgetSync-Budgets",
            Key = new() { ["AccountId"] = Text(Alpha) },
            UpdateExpression = "SET #x = :v",
            ExpressionAttributeNames = new() { ["#x"] = "x-mine" },
            ExpressionAttributeValues = new() { [":v"] = Text("kept") },
        });

        Assert.True(await table.WriteAsync(read, Row("""{"BudgetValue":2}"""), default));
        Assert.Equal("kept", RowValueText.Plain((await ReadAsync(table)).Attributes["x-mine"]));
    }

    [Theory]
    [InlineData("PutItem")]
    [InlineData("UpdateItem")]
    [InlineData("DeleteItem")]
    public async Task A_write_whose_answer_was_lost_is_no_conflict(string operation)
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        var (before, after) = operation switch
        {
            "PutItem" => ((RowImage?)null, Whole),
            "UpdateItem" => (Row("""{"BudgetValue":1}"""), Whole),
            _ => (Whole, (RowImage?)null),
        };
        if (before is not null) await table.WriteAsync(null, before, default);
        var lost = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == operation && lost++ == 0 ? new Fault.ResponseLoss() : null);

        Assert.True(await table.WriteAsync(before, after, default));
        Assert.Equal(2, lost);
    }

    [Fact]
    public async Task A_row_gone_meanwhile_is_not_made_anew_by_a_change()
    {
        await using var world = await World.CreateAsync();
        Assert.False(await Table(world).WriteAsync(Row("""{"BudgetValue":1}"""), Row("""{"BudgetValue":2}"""), default));
        Assert.Null(await Table(world).ReadAsync(Alpha, default));
    }

    [Fact]
    public async Task Rows_of_many_scopes_are_read_by_one_call_in_the_order_asked_for_and_those_that_are_missing_left_out()
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        foreach (var scope in new[] { "a", "b", "c" }) await table.WriteAsync(null, RowOf(scope), default);
        world.Cloud.Calls.Clear();

        Assert.Equal(["b", "c", "a", "b"], (await table.ReadAsync(["b", "none", "c", "a", "b"], default)).Select(row => row.Key));
        Assert.Equal("BatchGetItem", Assert.Single(world.Cloud.Calls.Calls).Call.Operation);
        Assert.Empty(await table.ReadAsync([], default));
        Assert.Single(world.Cloud.Calls.Calls);
    }

    [Fact]
    public async Task More_scopes_than_one_call_may_name_take_several()
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        await table.WriteAsync(null, RowOf("150"), default);
        Assert.Equal("150", Assert.Single(await table.ReadAsync([.. Enumerable.Range(0, 201).Select(number => $"{number}")], default)).Key);
        Assert.Equal(3, world.Cloud.Calls.Count("dynamodb", "BatchGetItem"));
    }

    [Fact]
    public async Task Keys_that_a_throttled_table_leaves_aside_are_asked_for_again_and_only_those()
    {
        await using var world = await World.CreateAsync();
        var table = Table(world);
        foreach (var scope in new[] { "a", "b" }) await table.WriteAsync(null, RowOf(scope), default);
        var calls = new List<JsonNode>();
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "BatchGetItem") return null;
            calls.Add(call.Input["RequestItems"]!["BudgetSync-Budgets"]!["Keys"]!.DeepClone()); // The operation has just been checked.
            return calls.Count > 1 ? null : new Fault.StaleAnswer(JsonNode.Parse("""
                {"Responses":{"BudgetSync-Budgets":[{"AccountId":{"S":"a"},"BudgetValue":{"N":"1"}}]},
                 "UnprocessedKeys":{"BudgetSync-Budgets":{"Keys":[{"AccountId":{"S":"b"}}],"ConsistentRead":true}}}
                """)!.AsObject());
        });

        Assert.Equal(["a", "b"], (await table.ReadAsync(["a", "b"], default)).Select(row => row.Key));
        Assert.Equal("""[{"AccountId":{"S":"b"}}]""", calls[^1].ToJsonString());
    }

    [Fact]
    public async Task A_table_that_leaves_keys_aside_to_the_end_is_a_fault_that_may_pass_and_never_a_row_less()
    {
        await using var world = await World.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation != "BatchGetItem" ? null : new Fault.StaleAnswer(new JsonObject
        {
            ["Responses"] = new JsonObject(),
            ["UnprocessedKeys"] = call.Input["RequestItems"]!.DeepClone(), // The operation has just been checked.
        }));
        var refused = await Assert.ThrowsAsync<AwsFaultException>(() => Table(world).ReadAsync(["a", "b"], default));
        Assert.Equal((FaultKind.Retry, "ProvisionedThroughputExceeded"), (refused.Fault.Kind, refused.Fault.Code));
    }

    private static RowImage RowOf(string scope) =>
        new(Row("""{"BudgetValue":1}""").Attributes.Items.SetItem("AccountId", new RowValue.Text(scope)));

    private static BudgetsTable Table(World world) =>
        new(world.As(Management).Dynamo, "BudgetSync-Budgets", new AwsCaller(world.Clock, new Random(1), JsonLog.Silent));

    // Not null: the tests above have just written it.
    private static async Task<RowImage> ReadAsync(BudgetsTable table) => (await table.ReadAsync(Alpha, CancellationToken.None))!;

    private static AttributeValue Typed(string json)
    {
        using var document = JsonDocument.Parse(json);
        var type = document.RootElement.EnumerateObject().Single();
        return type.Name == "N" ? new AttributeValue { N = type.Value.GetString() } : new AttributeValue { S = type.Value.GetString() };
    }

    private static RowImage Row(string json)
    {
        using var document = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(document.RootElement)!; // The texts here are objects.
        return new RowImage(row.Attributes.Items.SetItem("AccountId", new RowValue.Text(Alpha)));
    }
}
