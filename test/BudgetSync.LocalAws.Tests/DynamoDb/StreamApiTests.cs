using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;

namespace BudgetSync.LocalAws.Tests.DynamoDb;

public sealed class StreamApiTests
{
    [Theory]
    [InlineData("TRIM_HORIZON", 0, "1 2 3")]
    [InlineData("LATEST", 0, "")]
    [InlineData("AT_SEQUENCE_NUMBER", 1, "2 3")]
    [InlineData("AFTER_SEQUENCE_NUMBER", 1, "3")]
    public async Task The_streams_API_reads_from_where_the_iterator_was_asked_to_begin(string type, int at, string expected)
    {
        await using var budgets = await Budgets.OpenAsync();
        foreach (var value in (string[])["1", "2", "3"]) await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = value }));
        var records = budgets.Records();
        var streams = budgets.Cloud.DynamoDb.Streams;
        var shard = streams.Shards(budgets.StreamArn).Single(id => streams.Latest(budgets.StreamArn, id) is not null);
        var wire = Wire(budgets);
        var sequence = type.EndsWith("NUMBER", StringComparison.Ordinal) ? $", 'SequenceNumber': '{records[at].SequenceNumber}'" : "";

        var iterator =
            await wire.CallAsync(
                Budgets.Account,
                "GetShardIterator",
                $"{{'StreamArn': '{budgets.StreamArn}', 'ShardId': '{shard}', 'ShardIteratorType': '{type}'{sequence}}}");
        var page = await wire.CallAsync(Budgets.Account, "GetRecords", $"{{'ShardIterator': '{iterator["ShardIterator"]}'}}");
        await budgets.PutAsync("a", ("BudgetValue", new AttributeValue { N = "4" }));
        var next = await wire.CallAsync(Budgets.Account, "GetRecords", $"{{'ShardIterator': '{page["NextShardIterator"]}'}}");

        Assert.Equal(expected, Values(page));
        Assert.Equal("4", Values(next));
    }

    [Fact]
    public async Task A_shard_iterator_expires_after_15_minutes()
    {
        await using var budgets = await Budgets.OpenAsync();
        var wire = Wire(budgets);
        var shard = budgets.Cloud.DynamoDb.Streams.Shards(budgets.StreamArn)[0];
        var iterator =
            await wire.CallAsync(
                Budgets.Account,
                "GetShardIterator",
                $"{{'StreamArn': '{budgets.StreamArn}', 'ShardId': '{shard}', 'ShardIteratorType': 'TRIM_HORIZON'}}");
        budgets.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("ExpiredIteratorException", await wire.RefusedAsync(Budgets.Account, "GetRecords", $"{{'ShardIterator': '{iterator["ShardIterator"]}'}}"));
    }

    [Fact]
    public async Task A_position_that_was_trimmed_is_refused_by_GetShardIterator()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");
        var record = budgets.Records()[0];
        var streams = budgets.Cloud.DynamoDb.Streams;
        var shard = streams.Shards(budgets.StreamArn).Single(id => streams.Latest(budgets.StreamArn, id) is not null);
        budgets.Clock.Advance(TimeSpan.FromHours(24));

        var code = await Wire(budgets).RefusedAsync(
            Budgets.Account,
            "GetShardIterator",
            $"{{'StreamArn': '{budgets.StreamArn}', 'ShardId': '{shard}', 'ShardIteratorType': 'AT_SEQUENCE_NUMBER', 'SequenceNumber': "
                + $"'{record.SequenceNumber}'}}");

        Assert.Equal("TrimmedDataAccessException", code);
    }

    [Fact]
    public async Task A_stream_is_listed_and_described_with_its_shards()
    {
        await using var budgets = await Budgets.OpenAsync();
        var wire = Wire(budgets);

        var listed = Assert.Single((await wire.CallAsync(Budgets.Account, "ListStreams", "{'TableName': 'Budgets'}"))["Streams"]!.AsArray())!;
        var described = (await wire.CallAsync(Budgets.Account, "DescribeStream", $"{{'StreamArn': '{listed["StreamArn"]}'}}"))["StreamDescription"]!;

        Assert.Equal(budgets.StreamArn, listed["StreamArn"]!.ToString());
        Assert.Equal("2026-05-20T10:30:00.000", listed["StreamLabel"]!.ToString());
        Assert.Equal("ENABLED", described["StreamStatus"]!.ToString());
        Assert.Equal(budgets.Cloud.DynamoDb.Streams.Shards(budgets.StreamArn), described["Shards"]!.AsArray().Select(shard => shard!["ShardId"]!.ToString()));
    }

    [Fact]
    public async Task Disabling_and_enabling_gives_a_new_stream_and_the_old_one_stays_readable_for_24_hours()
    {
        await using var budgets = await Budgets.OpenAsync();
        await budgets.PutAsync("a");
        await budgets.Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = Budgets.TableName, StreamSpecification = new StreamSpecification { StreamEnabled = false } });
        await budgets.PutAsync("b");
        var again = await budgets.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = Budgets.TableName,
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = "NEW_IMAGE" },
        });

        Assert.NotEqual(budgets.StreamArn, again.TableDescription.LatestStreamArn);
        Assert.Single(budgets.Records());
        budgets.Clock.Advance(TimeSpan.FromHours(24));
        Assert.False(budgets.Cloud.DynamoDb.Streams.Exists(budgets.StreamArn));
    }

    [Theory]
    [InlineData("ListStreams", "{'Limit': 0}")]
    [InlineData("ListStreams", "{'ExclusiveStartStreamArn': 'sdfadfsdfnlfkajakfgjalksfgklasjklasdjfklasdf'}")]
    [InlineData("DescribeStream", "{'StreamArn': 'sdfadfsdfnlfkajakfgjalksfgklasjklasdjfklasdf'}")]
    [InlineData("DescribeStream", "{'StreamArn': 'arn:aws:dynamodb:us-east-1:111122223333:table/Budgets'}")]
    public async Task What_is_no_ARN_of_a_stream_is_invalid(string operation, string request)
    {
        await using var budgets = await Budgets.OpenAsync();

        Assert.Equal(
            "ValidationException",
            await new Wire(budgets.Cloud, "DynamoDBStreams_20120810", "dynamodb").RefusedAsync(Budgets.Account, operation, request));
    }

    [Fact]
    public async Task Another_accounts_stream_is_refused()
    {
        await using var budgets = await Budgets.OpenAsync();
        var code = await Wire(budgets).RefusedAsync("444455556666", "DescribeStream", $"{{'StreamArn': '{budgets.StreamArn}'}}");

        Assert.Equal("AccessDeniedException", code);
    }

    /// <summary>The streams' API as raw calls: its SDK client is a package that not every feed has.</summary>
    private static Wire Wire(Budgets budgets) => new(budgets.Cloud, "DynamoDBStreams_20120810", "dynamodb");

    private static string Values(JsonObject page) =>
        string.Join(' ', page["Records"]!.AsArray().Select(record => record!["dynamodb"]!["NewImage"]!["BudgetValue"]!["N"]!.ToString()));
}
