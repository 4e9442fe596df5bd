using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Sqs;

/// <summary>A cloud on a clock of its own, with one queue and the administrator of its account.</summary>
public abstract class QueueTestBed
{
    private protected const string Account = "111122223333";
    private protected const string Other = "444455556666";

    private protected readonly VirtualClock clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private protected readonly LocalCloud cloud;
    private protected readonly Api api;
    private protected readonly string url;

    protected QueueTestBed()
    {
        cloud = new LocalCloud(new LocalCloudOptions { Time = clock });
        api = new Api(cloud, Account);
        url = cloud.Sqs.PutQueue(Account, "work");
    }

    private protected Task<JsonObject> SendAsync(string body) =>
        api.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body });

    private protected async Task<List<(string Body, string Receipt)>> ReceiveAsync()
    {
        var answer = await api.JsonAsync("AmazonSQS.ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 10 });
        return [.. (answer["Messages"]?.AsArray() ?? []).Select(message => (message!["Body"]!.ToString(), message["ReceiptHandle"]!.ToString()))];
    }
}
