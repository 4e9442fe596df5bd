using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Ssm;

namespace BudgetSync.LocalAws.Tests.Ssm;

/// <summary>A cloud with Parameter Store, and what its event bus was given.</summary>
internal sealed class SsmTestBed
{
    public const string Spoke = "111122223333";

    private readonly Wire wire;

    public SsmTestBed(SsmOptions? options = null)
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock, Ssm = options ?? new SsmOptions() }) { EventSink = Events.Add };
        wire = new Wire(Cloud, "AmazonSSM", "ssm");
    }

    public FakeTimeProvider Clock { get; } = new(Api.Start);

    public LocalCloud Cloud { get; }

    public List<JsonObject> Events { get; } = [];

    public Task<JsonObject> CallAsync(string operation, string input, string account = Spoke, string region = "us-east-1") =>
        wire.CallAsync(account, operation, input, region);

    public Task<string> RefusedAsync(string operation, string input, string account = Spoke) => wire.RefusedAsync(account, operation, input);

    public Task<JsonObject> PutAsync(string name, string value = "v") => CallAsync("PutParameter", $"{{'Name':'{name}','Type':'String','Value':'{value}'}}");

    public Task<JsonObject> OverwriteAsync(string name, string value) => CallAsync("PutParameter", $"{{'Name':'{name}','Value':'{value}','Overwrite':true}}");

    public async Task<JsonObject> GetAsync(string name) => (await CallAsync("GetParameter", $"{{'Name':'{name}'}}"))["Parameter"]!.AsObject();
}
