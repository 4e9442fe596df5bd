using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

/// <summary>What a topic gets of a rule: JSON, whatever is in it, so that a mail of a text is one line in quotation marks.</summary>
public sealed class TopicTargetTests : IAsyncDisposable
{
    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>
    /// As AWS answered LocalStack's tests of an SNS target with an InputPath (test_events_inputs.snapshot.json): a text keeps its quotation marks.
    /// </summary>
    [Theory]
    [InlineData("$.detail.text", "\"two\\nlines of \\\"a\\\"\"")]
    [InlineData("$.detail.body", "{\"a\":1}")]
    [InlineData("$.detail.number", "7")]
    [InlineData("$.detail.gone", "null")]
    public async Task A_topic_gets_JSON_of_what_the_input_path_leads_to_without_a_subject(string path, string body)
    {
        await PutAsync(target => target with { InputPath = path }, Open);

        var message = Assert.Single(world.Cloud.Sns.Published);
        Assert.Equal((body, null), (message.Body, message.Subject));
    }

    [Fact]
    public async Task A_topic_gets_the_whole_event_where_the_target_says_nothing()
    {
        await PutAsync(target => target, Open);

        var whole = JsonNode.Parse(Assert.Single(world.Cloud.Sns.Published).Body)!;
        Assert.Equal(("test", World.Spoke), (whole["source"]!.ToString(), whole["account"]!.ToString()));
        Assert.Equal("7", whole["detail"]!["number"]!.ToString());
    }

    [Fact]
    public async Task A_topic_whose_policy_does_not_let_EventBridge_in_gets_nothing()
    {
        await PutAsync(target => target, Closed);

        Assert.Empty(world.Cloud.Sns.Published);
    }

    private static string Open(string topic) => Statement("events.amazonaws.com", topic);

    private static string Closed(string topic) => Statement("budgets.amazonaws.com", topic);

    private static string Statement(string service, string topic) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"sns:Publish","Resource":"{{topic}}"}]}""";

    private async Task PutAsync(Func<RuleTarget, RuleTarget> shape, Func<string, string> policy)
    {
        const string topic = $"arn:aws:sns:us-east-1:{World.Spoke}:alerts";
        world.Cloud.Sns.PutTopic(World.Spoke, "alerts", PolicyDocument.Parse(policy(topic)));
        world.Cloud.EventBridge.PutRule(new Rule(World.Spoke, "default", "to-topic")
        {
            Pattern = EventPattern.Parse("""{"source":["test"]}"""),
            Targets = [shape(new RuleTarget("topic", topic))],
        });
        await world.PutEventAsync(World.Spoke, "default", "test", """{"text":"two\nlines of \"a\"","body":{"a":1},"number":7}""");
        await world.SettleAsync();
    }
}
