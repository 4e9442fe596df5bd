using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class PutEventsTests : IAsyncDisposable
{
    private readonly World world = new();
    private readonly Api api;

    public PutEventsTests() => api = new Api(world.Cloud, World.Spoke);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("none")]
    [InlineData("arn:aws:events:us-east-1:111122223333:event-bus/none")]
    [InlineData("arn:aws:events:eu-west-1:111122223333:event-bus/default")]
    public async Task An_event_for_a_bus_that_is_not_there_is_taken_and_lost(string bus)
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", """{"source":["mine"]}""", "Apply");

        var answer = await PutAsync(Entry(bus));
        await world.SettleAsync();

        Assert.Equal(0, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.NotNull(answer["Entries"]!.AsArray().Single()!["EventId"]);
        Assert.Empty(world.Received["Apply"]);
    }

    [Theory]
    [InlineData("Source", "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.")]
    [InlineData("DetailType", "InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument.")]
    [InlineData("Detail", "InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument.")]
    public async Task An_entry_without_a_part_or_with_an_empty_one_is_refused_by_itself(string member, string code, string message)
    {
        var (absent, empty) = (Entry(), Entry());
        absent.Remove(member);
        empty[member] = "";

        var answer = await PutAsync(absent, empty, Entry());

        Assert.Equal(2, answer["FailedEntryCount"]!.GetValue<int>());
        foreach (var refused in answer["Entries"]!.AsArray().Take(2))
            Assert.Equal((code, message), (refused!["ErrorCode"]!.ToString(), refused["ErrorMessage"]!.ToString()));
    }

    [Fact]
    public async Task A_detail_type_has_128_characters_at_most()
    {
        var (longest, longer) = (Entry(), Entry());
        longest["DetailType"] = new string('t', 128);
        longer["DetailType"] = new string('t', 129);

        var answer = await PutAsync(longest, longer);

        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal("InvalidArgument", answer["Entries"]![1]!["ErrorCode"]!.ToString());
    }

    [Theory]
    [InlineData("""{"a":1""")]
    [InlineData("[]")]
    [InlineData("""{"a":"\ud800"}""")]
    public async Task A_detail_that_is_no_JSON_object_is_malformed(string detail)
    {
        var entry = Entry();
        entry["Detail"] = detail;

        Assert.Equal("MalformedDetail", (await PutAsync(entry))["Entries"]![0]!["ErrorCode"]!.ToString());
    }

    [Fact]
    public async Task Entries_are_too_large_together_beyond_256_KB_of_what_AWS_counts()
    {
        // Twice: 14 for the time, 4 and 1 for source and type, 2 for the resource; the rest is detail: {"a":"x…"} is 8 without its letters.
        const int Letters = (256 * 1024 / 2) - 14 - 4 - 1 - 2 - 8;

        var fits = await PutAsync(Sized(Letters), Sized(Letters));
        var error = await Api.RefusedAsync(() => PutAsync(Sized(Letters), Sized(Letters + 1)));

        Assert.Equal(0, fits["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(("ValidationException", "Total size of the entries in the request is over the limit."), (error.Code, error.Text));
    }

    [Fact]
    public async Task A_request_has_1_to_10_entries()
    {
        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => PutAsync())).Code);
        Assert.Equal("ValidationException", (await Api.RefusedAsync(() => PutAsync([.. Enumerable.Range(0, 11).Select(_ => Entry())]))).Code);
        await PutAsync([.. Enumerable.Range(0, 10).Select(_ => Entry())]);
    }

    [Fact]
    public async Task Of_a_member_that_is_there_twice_the_last_one_counts()
    {
        world.Function(World.Spoke, "Apply");
        world.RuleToFunction(World.Spoke, "default", """{"detail":{"a":[1],"a":[2]}}""", "Apply");
        var entry = Entry();
        entry["Detail"] = """{"a":1,"a":2}""";

        await PutAsync(entry);
        await world.SettleAsync();

        Assert.Equal("""{"a":2}""", world.Received["Apply"].Single()["detail"]!.ToJsonString());
    }

    private static JsonObject Entry(string? bus = null)
    {
        var entry = new JsonObject { ["Source"] = "mine", ["DetailType"] = "t", ["Detail"] = "{}" };
        if (bus is not null) entry["EventBusName"] = bus;
        return entry;
    }

    private static JsonObject Sized(int letters)
    {
        var entry = Entry();
        entry["Time"] = 1_800_000_000;
        entry["Resources"] = new JsonArray("ab");
        entry["Detail"] = $$"""{"a":"{{new string('x', letters)}}"}""";
        return entry;
    }

    private Task<JsonObject> PutAsync(params JsonObject[] entries) =>
        api.JsonAsync("AWSEvents.PutEvents", new JsonObject { ["Entries"] = new JsonArray([.. entries]) });
}
