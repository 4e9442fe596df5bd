using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Topics;

public sealed class TopicTests
{
    private const string Account = "111122223333";

    private readonly LocalCloud cloud = new();
    private readonly Api api;

    public TopicTests() => api = new Api(cloud, Account);

    [Fact]
    public async Task What_is_published_and_who_subscribed_is_recorded()
    {
        var arn = (await api.QueryAsync("sns", "CreateTopic", ("Name", "alarms"))).Element("TopicArn")!.Value;
        await api.QueryAsync("sns", "Subscribe", ("TopicArn", arn), ("Protocol", "email"), ("Endpoint", "ops@example.com"));
        await api.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", "hello"), ("Subject", "s"));

        Assert.Equal($"arn:aws:sns:us-east-1:{Account}:alarms", arn);
        Assert.Equal(("hello", "s"), cloud.Sns.Published.Select(message => (message.Body, message.Subject)).Single());
        Assert.Equal(("email", "ops@example.com"), cloud.Sns.Subscriptions.Select(subscription => (subscription.Protocol, subscription.Endpoint)).Single());
    }

    [Fact]
    public async Task A_missing_topic_is_not_found_and_another_accounts_is_refused_without_its_policy()
    {
        var missing = await Api.RefusedAsync(() => api.QueryAsync("sns", "Publish", ("TopicArn", $"arn:aws:sns:us-east-1:{Account}:none"), ("Message", "x")));
        var foreign = cloud.Sns.PutTopic("444455556666", "theirs");
        var refused = await Api.RefusedAsync(() => api.QueryAsync("sns", "Publish", ("TopicArn", foreign), ("Message", "x")));
        cloud.Sns.PutTopic("444455556666", "theirs", Policies.Document($$"""{"Effect":"Allow","Principal":{"AWS":"{{Account}}"},"Action":"sns:Publish","Resource":"{{foreign}}"}"""));
        await api.QueryAsync("sns", "Publish", ("TopicArn", foreign), ("Message", "x"));

        Assert.Equal(("NotFound", "AuthorizationError"), (missing.Code, refused.Code));
    }
}
