using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Sns;

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
        cloud.Sns.PutTopic(
            "444455556666",
            "theirs",
            Policies.Document($$"""{"Effect":"Allow","Principal":{"AWS":"{{Account}}"},"Action":"sns:Publish","Resource":"{{foreign}}"}"""));
        await api.QueryAsync("sns", "Publish", ("TopicArn", foreign), ("Message", "x"));

        Assert.Equal(("NotFound", "AuthorizationError"), (missing.Code, refused.Code));
    }

    [Fact]
    public async Task Attributes_of_a_topic_are_set_and_told()
    {
        var policy =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"Service":"b"""
                + $$"""udgets.amazonaws.com"},"Action":"sns:Publish","Resource":"arn:aws:sns:us-east-1:{{Account}}:t"}]}""";
        var arn = await CreateAsync("t", ("DisplayName", "Alarms"));
        await api.QueryAsync("sns", "SetTopicAttributes", ("TopicArn", arn), ("AttributeName", "Policy"), ("AttributeValue", policy));
        await api.QueryAsync("sns", "SetTopicAttributes", ("TopicArn", arn), ("AttributeName", "KmsMasterKeyId"), ("AttributeValue", "alias/mine"));

        var attributes = (await api.QueryAsync("sns", "GetTopicAttributes", ("TopicArn", arn))).Element("Attributes")!.Elements("entry")
            .ToDictionary(entry => entry.Element("key")!.Value, entry => entry.Element("value")!.Value);

        Assert.Equal(
            (arn, Account, "Alarms", "alias/mine", policy),
            (attributes["TopicArn"], attributes["Owner"], attributes["DisplayName"], attributes["KmsMasterKeyId"], attributes["Policy"]));
    }

    [Fact]
    public async Task A_topic_that_exists_is_created_again_only_with_the_same_attributes()
    {
        var arn = await CreateAsync("t", ("DisplayName", "Alarms"));

        Assert.Equal(arn, await CreateAsync("t", ("DisplayName", "Alarms")));
        Assert.Equal(arn, await CreateAsync("t"));
        Assert.Equal("InvalidParameter", (await Api.RefusedAsync(() => CreateAsync("t", ("DisplayName", "Other")))).Code);
    }

    [Theory]
    [InlineData("CreateTopic", "Name=a b")]
    [InlineData("CreateTopic", "Name=t.fifo")]
    [InlineData("CreateTopic", "Name=t&Attributes.entry.1.key=Colour&Attributes.entry.1.value=red")]
    [InlineData("Publish", "TopicArn=t&Message=x")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=x&Subject=é")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=x&Subject= x")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=x&Subject=x\ny")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=x&Subject=x\ry")]
    [InlineData("Publish", "TopicArn=TOPIC&Message=x&Subject=x\u007f")]
    [InlineData(
        "Publish",
        "TopicArn=TOPIC&Message=x&Subject="
        + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData("Subscribe", "TopicArn=TOPIC&Protocol=fax&Endpoint=x")]
    [InlineData("Subscribe", "TopicArn=TOPIC&Protocol=email&Endpoint=")]
    [InlineData("SetTopicAttributes", "TopicArn=TOPIC&AttributeName=Policy&AttributeValue={")]
    [InlineData("SetTopicAttributes", "TopicArn=TOPIC&AttributeName=Owner&AttributeValue=me")]
    [InlineData("CreateTopic", "Name=u&Attributes.entry.1.key=Policy&Attributes.entry.1.value={}")]
    public async Task What_cannot_be_is_an_invalid_parameter(string operation, string form)
    {
        var arn = await CreateAsync("topic");
        var parameters = form.Split('&').Select(pair => (pair.Split('=')[0], pair.Split('=')[1].Replace("TOPIC", arn, StringComparison.Ordinal))).ToArray();

        Assert.Equal("InvalidParameter", (await Api.RefusedAsync(() => api.QueryAsync("sns", operation, parameters))).Code);
    }

    /// <summary>What the policy of a topic grants is known one by one, and nothing of another service is among it.</summary>
    [Theory]
    [InlineData("s3:GetObject")]
    [InlineData("sns:*")]
    [InlineData("sns:CreateTopic")]
    [InlineData("*")]
    public async Task A_topics_policy_is_about_actions_on_a_topic(string action)
    {
        var arn = await CreateAsync("t");
        var policy = $$"""{"Statement":[{"Effect":"Allow","Principal":"*","Action":["SNS:Publish","{{action}}"],"Resource":"{{arn}}"}]}""";

        var refused = await Api.RefusedAsync(
            () => api.QueryAsync("sns", "SetTopicAttributes", ("TopicArn", arn), ("AttributeName", "Policy"), ("AttributeValue", policy)));

        Assert.Equal(("InvalidParameter", "Invalid parameter: Policy statement action out of service scope!"), (refused.Code, refused.Text));
    }

    [Fact]
    public async Task A_message_has_256_KB_at_most()
    {
        var arn = await CreateAsync("t");

        await api.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", new string('x', 256 * 1024)));
        Assert.Equal(
            "InvalidParameter",
            (await Api.RefusedAsync(() => api.QueryAsync("sns", "Publish", ("TopicArn", arn), ("Message", new string('x', (256 * 1024) + 1))))).Code);
    }

    [Fact]
    public async Task Who_is_not_of_AWS_must_confirm_a_subscription()
    {
        var arn = await CreateAsync("t");
        var subscribe = async (params (string, string)[] more) =>
            (await api.QueryAsync("sns", "Subscribe", [("TopicArn", arn), .. more])).Element("SubscriptionArn")!.Value;

        Assert.Equal("pending confirmation", await subscribe(("Protocol", "email"), ("Endpoint", "ops@example.com")));
        Assert.StartsWith(
            arn,
            await subscribe(("Protocol", "email"), ("Endpoint", "ops@example.com"), ("ReturnSubscriptionArn", "true")),
            StringComparison.Ordinal);
        Assert.StartsWith(arn, await subscribe(("Protocol", "sqs"), ("Endpoint", $"arn:aws:sqs:us-east-1:{Account}:q")), StringComparison.Ordinal);
    }

    /// <summary>API reference, GetTopicAttributes: SubscriptionsConfirmed, SubscriptionsPending.</summary>
    [Fact]
    public async Task A_topic_tells_how_many_have_confirmed_and_how_many_have_not()
    {
        var arn = await CreateAsync("t");
        var mail = cloud.Sns.Subscribe(arn, "email", "ops@example.com");
        cloud.Sns.Subscribe(arn, "email", "other@example.com");
        cloud.Sns.Subscribe(arn, "sms", "+4915112345678");
        Assert.Equal(("1", "2"), await CountsAsync(arn));

        cloud.Sns.Confirm(mail.Arn);
        Assert.Equal(("2", "1"), await CountsAsync(arn));
    }

    /// <summary>SNS developer guide, "Managing Amazon SNS encryption keys and costs": a publisher needs kms:GenerateDataKey and kms:Decrypt.</summary>
    [Theory]
    [InlineData("kms:GenerateDataKey", "kms:Decrypt", null)]
    [InlineData("kms:GenerateDataKey", "kms:Encrypt", "KMSAccessDenied")]
    [InlineData("kms:Encrypt", "kms:Decrypt", "KMSAccessDenied")]
    public async Task A_publisher_to_a_topic_with_a_key_may_use_the_key_by_its_policy_and_its_own(string one, string other, string? code)
    {
        var key = cloud.Keys.PutKey(Account, "1234abcd-12ab-34cd-56ef-1234567890ab", Policies.Document(
            $$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Account}}:root"},"Action":"kms:*","Resource":"*"}"""));
        var arn = cloud.Sns.PutTopic(Account, "t", kmsKeyId: key);
        cloud.Iam.PutRole(Account, Policies.Role(
            "teller",
            Policies.Allow("sns:Publish", arn),
            $$"""
            {"Effect":"Allow","Action":["{{one}}","{{other}}"],"Resource":"{{key}}",
             "Condition":{"StringEquals":{"kms:ViaService":"sns.us-east-1.amazonaws.com"} } }
            """));
        var caller = new Caller(Account, $"arn:aws:iam::{Account}:role/teller", $"arn:aws:sts::{Account}:assumed-role/teller/s");
        var publish = () => cloud.Sns.PublishAsync(caller, arn, "x", CancellationToken.None);

        if (code is null) await publish();
        else Assert.Equal(code, (await Assert.ThrowsAsync<AwsException>(publish)).Code);
    }

    private async Task<(string Confirmed, string Pending)> CountsAsync(string arn)
    {
        var attributes = (await api.QueryAsync("sns", "GetTopicAttributes", ("TopicArn", arn))).Element("Attributes")!.Elements("entry")
            .ToDictionary(entry => entry.Element("key")!.Value, entry => entry.Element("value")!.Value);
        return (attributes["SubscriptionsConfirmed"], attributes["SubscriptionsPending"]);
    }

    private async Task<string> CreateAsync(string name, params (string Name, string Value)[] attributes)
    {
        var parameters = attributes.SelectMany((attribute, number) => new[]
        {
            ($"Attributes.entry.{number + 1}.key", attribute.Name), ($"Attributes.entry.{number + 1}.value", attribute.Value),
        });
        return (await api.QueryAsync("sns", "CreateTopic", [("Name", name), .. parameters])).Element("TopicArn")!.Value;
    }
}
