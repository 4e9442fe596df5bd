using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.LocalAws.Tests.Organizations;

/// <summary>A cloud with one member account, the events it sent, and calls of its management account.</summary>
public abstract class OrganizationTestBed
{
    private protected const string Management = "999999999999";
    private protected const string Member = "111122223333";

    private protected readonly List<JsonObject> events = [];
    private protected readonly LocalCloud cloud;
    private protected readonly Wire wire;

    protected OrganizationTestBed()
    {
        cloud = NewCloud(emptyFirstPages: false);
        wire = NewWire(cloud);
        cloud.Organizations.AddAccount(Member, "Member");
    }

    private protected LocalCloud NewCloud(bool emptyFirstPages) =>
        new(
            new LocalCloudOptions { Time = new FakeTimeProvider(Api.Start), Organizations = new OrganizationsOptions { EmptyFirstPages = emptyFirstPages } })
        {
            EventSink = events.Add
        };

    private protected static async Task AssumeAsync(Api api) =>
        await api.QueryAsync("sts", "AssumeRole", ("RoleArn", $"arn:aws:iam::{Member}:role/Open"), ("RoleSessionName", "test"));

    private protected JsonNode Details(int number) => events[number]["detail"]!["serviceEventDetails"]!;

    private protected static Wire NewWire(LocalCloud cloud) => new(cloud, "AWSOrganizationsV20161128", "organizations");

    private protected static string[] Ids(JsonObject answer, string member) => [.. answer[member]!.AsArray().Select(item => item!["Id"]!.GetValue<string>())];

    private protected Task<JsonObject> CallAsync(string operation, string input = "{}", string account = Management) =>
        wire.CallAsync(account, operation, input);

    private protected Task<string> RefusedAsync(string operation, string input, string account = Management) => wire.RefusedAsync(account, operation, input);
}
