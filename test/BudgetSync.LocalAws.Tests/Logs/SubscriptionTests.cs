using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Logs;

public sealed class SubscriptionTests
{
    private const string Pattern = """{ $.schemaType = "ModelInvocationLog" }""";

    [Fact]
    public async Task A_subscription_begins_with_a_control_message()
    {
        await using var logs = await SubscribedGroup.OpenAsync();

        var control = Assert.Single(logs.Received);

        Assert.Equal(("CONTROL_MESSAGE", "CloudwatchLogs"), (control["messageType"]!.ToString(), control["owner"]!.ToString()));
    }

    [Fact]
    public async Task Events_are_delivered_packed_with_where_they_come_from()
    {
        await using var logs = await SubscribedGroup.OpenAsync();

        await logs.PutAsync("a", "b");
        await logs.Cloud.Work.WhenIdleAsync();

        var batch = logs.Received[1];
        Assert.Equal(
            ("DATA_MESSAGE", SubscribedGroup.Account, SubscribedGroup.Group, "stream", """["filter"]"""),
            (batch["messageType"]!.ToString(), batch["owner"]!.ToString(), batch["logGroup"]!.ToString(), batch["logStream"]!.ToString(),
                batch["subscriptionFilters"]!.ToJsonString()));
        Assert.Equal(["a", "b"], Assert.Single(logs.Batches()));
        Assert.All(batch["logEvents"]!.AsArray(), one => Assert.Equal(56, one!["id"]!.ToString().Length));
        Assert.Equal(logs.Clock.GetUtcNow().ToUnixTimeMilliseconds(), batch["logEvents"]![0]!["timestamp"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_pattern_lets_only_JSON_with_its_member_pass()
    {
        await using var logs = await SubscribedGroup.OpenAsync(Pattern);

        await logs.PutAsync("text", """{"schemaType":"Other"}""", """{"schemaType":"ModelInvocationLog","n":1}""", """["schemaType"]""");
        await logs.Cloud.Work.WhenIdleAsync();

        Assert.Equal(["""{"schemaType":"ModelInvocationLog","n":1}"""], Assert.Single(logs.Batches()));
        Assert.Equal("InvalidParameterException", (await Api.RefusedAsync(() => logs.SubscribeAsync("other", "ERROR"))).Code);
    }

    [Fact]
    public async Task A_group_has_at_most_two_subscriptions_and_one_is_replaced_by_its_name()
    {
        await using var logs = await SubscribedGroup.OpenAsync();

        await logs.SubscribeAsync("filter", Pattern);
        await logs.SubscribeAsync("second");
        var third = await Api.RefusedAsync(() => logs.SubscribeAsync("third"));
        var listed = await logs.CallAsync("DescribeSubscriptionFilters", new JsonObject { ["logGroupName"] = SubscribedGroup.Group, ["limit"] = 1 });

        Assert.Equal(("LimitExceededException", "Resource limit exceeded."), (third.Code, third.Text));
        Assert.Equal(Pattern, listed["subscriptionFilters"]![0]!["filterPattern"]!.ToString());
        var rest = await logs.CallAsync(
            "DescribeSubscriptionFilters",
            new JsonObject { ["logGroupName"] = SubscribedGroup.Group, ["nextToken"] = listed["nextToken"]!.ToString() });
        Assert.Equal("second", Assert.Single(rest["subscriptionFilters"]!.AsArray())!["filterName"]!.ToString());
        Assert.Null(rest["nextToken"]);
    }

    [Fact]
    public async Task A_subscription_that_is_deleted_gets_nothing_more()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        var named = new JsonObject { ["logGroupName"] = SubscribedGroup.Group, ["filterName"] = "filter" };

        await logs.CallAsync("DeleteSubscriptionFilter", named);
        await logs.PutAsync("a");
        await logs.Cloud.Work.WhenIdleAsync();

        Assert.Empty(logs.Batches());
        Assert.Equal("ResourceNotFoundException", (await Api.RefusedAsync(() => logs.CallAsync("DeleteSubscriptionFilter", named))).Code);
    }

    [Fact]
    public async Task A_function_that_does_not_let_CloudWatch_Logs_call_it_is_no_destination()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        logs.Cloud.Lambda.RemovePermission(SubscribedGroup.Account, "reader", "logs");

        var refused = await Api.RefusedAsync(() => logs.SubscribeAsync("second"));

        Assert.Equal("InvalidParameterException", refused.Code);
        Assert.StartsWith("Could not execute the lambda function.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_that_refuses_loses_what_comes_in_ten_minutes()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        logs.Cloud.Lambda.RemovePermission(SubscribedGroup.Account, "reader", "logs");
        await logs.PutAsync("lost");
        await logs.Cloud.Work.WhenIdleAsync();
        logs.Permit();
        await logs.PutAsync("lost too");
        logs.Clock.Advance(TimeSpan.FromMinutes(10));
        await logs.PutAsync("there");
        await logs.Cloud.Work.WhenIdleAsync();

        Assert.Equal(["there"], Assert.Single(logs.Batches()));
        Assert.Equal(2, logs.Cloud.Logs.LostBatches);
    }

    [Fact]
    public async Task A_delivery_is_tried_again_while_Lambda_is_in_trouble()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        var troubles = 2;
        logs.Cloud.Faults.OnCalls(call => call.Operation == "Invoke" && troubles-- > 0
            ? new Fault.Refusal(new AwsException("ServiceException", "Lambda is in trouble", 500))
            : null);

        await logs.PutAsync("a");
        var idle = logs.Cloud.Work.WhenIdleAsync();
        while (!idle.IsCompleted)
        {
            logs.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(["a"], Assert.Single(logs.Batches()));
    }

    [Fact]
    public async Task A_delivery_is_lost_doubled_or_late_where_the_fault_plan_says_so()
    {
        await using var logs = await SubscribedGroup.OpenAsync();
        logs.Cloud.Faults.OnLogs(delivery => delivery.Messages[0] switch
        {
            "lost" => new DeliveryFault.Loss(),
            "doubled" => new DeliveryFault.Duplicate(),
            "late" => new DeliveryFault.Delay(TimeSpan.FromMinutes(1)),
            _ => null,
        });

        foreach (var message in new[] { "lost", "doubled", "late", "plain" }) await logs.PutAsync(message);
        logs.Clock.Advance(TimeSpan.FromMinutes(1));
        await logs.Cloud.Work.WhenIdleAsync();

        Assert.Equal(["doubled", "doubled", "late", "plain"], logs.Batches().Select(batch => batch.Single()).Order());
    }
}
