using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Sqs;

public sealed class QueueAccessTests : QueueTestBed
{
    [Fact]
    public async Task A_role_may_use_only_the_queues_its_policy_names()
    {
        var role = cloud.Iam.PutRole(Account, Policies.Role("Sender", Policies.Allow("sqs:SendMessage", $"arn:aws:sqs:us-east-1:{Account}:work")));
        using var sender = new Api(cloud, cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1)));

        await sender.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });
        var error = await Api.RefusedAsync(() => sender.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url }));

        Assert.Equal(("AccessDenied", 403), (error.Code, error.Status));
        Assert.Contains(
            $"is not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:us-east-1:{Account}:work because no identity-based policy allows",
            error.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_needs_the_queues_own_policy()
    {
        using var stranger = new Api(cloud, Other);
        var send = () => stranger.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });

        var error = await Api.RefusedAsync(send);
        await api.JsonAsync("AmazonSQS.SetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = url,
            ["Attributes"] = new JsonObject
            {
                ["Policy"] =
                    $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Other}}"},"A"""
                        + $$"""ction":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:{{Account}}:work"}]}"""
            },
        });
        await send();

        Assert.Contains("no resource-based policy allows", error.Text, StringComparison.Ordinal);
    }
}
