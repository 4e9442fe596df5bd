using BudgetSync.Aws.Tables;
using BudgetSync.Core.Budgets;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>Topics that rows name, as the spoke sees them: whether AWS Budgets may publish there, which AWS does not ask.</summary>
public sealed class TopicTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Fact]
    public async Task A_topic_that_AWS_Budgets_cannot_publish_to_is_told_with_the_reason_after_the_next_look()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        const string ofAccount = ""","Condition":{"StringEquals":{"AWS:SourceOwner":"111111111111"}}""";
        organization.Cloud.Sns.PutTopic(Spoke, "default", Policy("""{"AWS":"*"}""", "default", ofAccount));
        organization.Cloud.Sns.PutTopic(Spoke, "good", Allowing("good"));
        organization.Cloud.Sns.PutTopic(Spoke, "managed-key", Allowing("managed-key"), kmsKeyId: "alias/aws/sns");
        organization.Cloud.Sns.PutTopic(Spoke, "own-key", Allowing("own-key"), kmsKeyId: PutKey(organization, "k", "budgets"));
        organization.Cloud.Sns.PutTopic(Spoke, "silent-key", Allowing("silent-key"), kmsKeyId: PutKey(organization, "s", "events"));
        organization.Cloud.Sns.PutTopic(Spoke, "alias-key", Allowing("alias-key"), kmsKeyId: "alias/mine");
        await PutRowAsync(organization, "no-such-topic", "default", "good", "managed-key", "own-key", "silent-key", "alias-key");

        await organization.PassAsync(TimeSpan.FromHours(5));

        Assert.Equal("Applied", await organization.StateAsync(Spoke));
        var topics = await TopicsAsync(organization);
        Assert.Equal(["alias-key", "default", "managed-key", "no-such-topic", "silent-key"], topics.Select(topic => topic.Topic.Split(':')[^1]));
        Assert.Equal([false, true, true, true, true], topics.Select(topic => topic.IsLost));
        Assert.Contains("there is no such topic", topics[3].Reason, StringComparison.Ordinal);
        Assert.Contains("whose policy does not let AWS Budgets use it", topics[4].Reason, StringComparison.Ordinal);

        // Put right, and no longer told: at once where the row names another, else by the next look.
        await PutRowAsync(organization, "good", "default", "good", "managed-key", "own-key", "silent-key", "alias-key");
        await organization.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["alias-key", "default", "managed-key", "silent-key"], (await TopicsAsync(organization)).Select(topic => topic.Topic.Split(':')[^1]));
        organization.Cloud.Sns.PutTopic(Spoke, "no-such-topic", Allowing("no-such-topic"));
        await PutRowAsync(organization, "no-such-topic", "good");
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.Empty(await TopicsAsync(organization));
    }

    [Fact]
    public async Task What_the_account_is_kept_from_seeing_is_said_and_the_look_goes_on()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        organization.Cloud.Sns.PutTopic(Spoke, "hidden", Allowing("hidden"));
        organization.Cloud.Faults.OnCalls(call => call.Operation == "GetTopicAttributes"
            ? new Fault.Refusal(new AwsException("AuthorizationError", "User is not authorized to perform: SNS:GetTopicAttributes", 403))
            : null);
        await PutRowAsync(organization, "hidden");
        organization.Cloud.Budgets.SetSpend(Spoke, "B0", 12);

        await organization.PassAsync(TimeSpan.FromHours(5));

        var topic = Assert.Single(await TopicsAsync(organization));
        Assert.False(topic.IsLost);
        Assert.Contains("it cannot be looked at: ", topic.Reason, StringComparison.Ordinal);
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        Assert.Equal(12, row!.Budgets[0].ActualSpend);
    }

    /// <summary>A policy of the topic that somebody has changed loses every alert of the account, and no row names it.</summary>
    [Fact]
    public async Task The_spokes_own_topic_is_looked_at_too()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":10}""");
        await organization.PassAsync(TimeSpan.FromHours(5));
        Assert.Empty(await TopicsAsync(organization));

        organization.Cloud.Sns.PutTopic(Spoke, "BudgetSync-Alerts", Policy("""{"Service":"events.amazonaws.com"}""", "BudgetSync-Alerts", ""));
        await organization.PassAsync(TimeSpan.FromHours(5));

        var topic = Assert.Single(await TopicsAsync(organization));
        Assert.Equal(("BudgetSync-Alerts", true), (topic.Topic.Split(':')[^1], topic.IsLost));
        Assert.DoesNotContain(organization.Cloud.Calls.Calls, call => call.Call.Operation == "GetKeyPolicy");
    }

    private static string PutKey(DeployedOrganization organization, string id, string service) => organization.Cloud.Keys.PutKey(
        Spoke,
        id,
        PolicyDocument.Parse(
            $$"""
            {"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Spoke}}:root"},"Action":"kms:*","Resource":"*"},
             {"Effect":"Allow","Principal":{"Service":"{{service}}.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:Decrypt"],"Resource":"*"}]}
            """));

    private static Task PutRowAsync(DeployedOrganization organization, params string[] topics) => organization.PutRowAsync(
        $$"""{"AccountId":"{{Spoke}}","Budgets":[{{string.Join(',', topics.Select((topic, number) =>
            $$"""{"BudgetName":"B{{number}}","BudgetValue":100,"SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:{{topic}}"}"""))}}]}""");

    private static PolicyDocument Allowing(string name) => Policy("""{"Service":"budgets.amazonaws.com"}""", name, "");

    private static PolicyDocument Policy(string principal, string name, string condition) => PolicyDocument.Parse(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"SNS:Publish","""
            + $$""" "Resource":"arn:aws:sns:us-east-1:{{Spoke}}:{{name}}"{{condition}}}]}""");

    private static async Task<IReadOnlyList<TopicAccess>> TopicsAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return [.. row!.Topics];
    }
}
