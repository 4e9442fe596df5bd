using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

public sealed class InvocationRecordReaderTests
{
    /// <summary>As Bedrock writes it where all delivery of data is off.</summary>
    private const string Converse = """
        {"timestamp":"2026-11-29T06:30:00Z","accountId":"111122223333","region":"us-east-1","requestId":"0f6a1c1e-0000-4000-8000-000000000001",
         "operation":"Converse","modelId":"us.amazon.nova-pro-v1:0",
         "input":{"inputContentType":"application/json","inputTokenCount":1200,"cacheReadInputTokenCount":300,"cacheWriteInputTokenCount":40},
         "output":{"outputContentType":"application/json","outputTokenCount":80},
         "identity":{"arn":"arn:aws:sts::111122223333:assumed-role/DataScience/notebook"},
         "inferenceRegion":"us-west-2","schemaType":"ModelInvocationLog","schemaVersion":"1.0"}
        """;

    [Fact]
    public void A_record_is_read_as_Bedrock_writes_it() => Assert.Equal(
        new InvocationRecord(
            "0f6a1c1e-0000-4000-8000-000000000001",
            new DateTimeOffset(2026, 11, 29, 6, 30, 0, TimeSpan.Zero),
            AccountId.Parse("111122223333"),
            "us-east-1",
            "Converse",
            "us.amazon.nova-pro-v1:0",
            "arn:aws:sts::111122223333:assumed-role/DataScience/notebook",
            new TokenCount(Input: 1200, CacheRead: 300, CacheWrite: 40, Output: 80)),
        Read(Converse));

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Responses")]
    [InlineData("AnOperationOfNextYear")]
    public void An_operation_that_is_not_known_counts_like_any_other(string operation)
    {
        var record = Read(With("operation", operation));

        Assert.Equal((operation, 1620L), (record.Operation, record.Tokens.All));
    }

    /// <summary>A modelId has 2,048 characters at most (Bedrock API reference, InvokeModel). One of 400 KB stopped its whole batch.</summary>
    [Theory]
    [InlineData("modelId")]
    [InlineData("requestId")]
    [InlineData("region")]
    [InlineData("operation")]
    [InlineData("errorCode")]
    public void A_text_that_is_longer_than_any_of_AWS_makes_its_record_malformed(string name)
    {
        Assert.NotNull(InvocationRecordReader.Read(With(name, new string('a', 2_048)), out _));

        Assert.Null(InvocationRecordReader.Read(With(name, new string('a', 2_049)), out var problem));
        Assert.Equal($"{name} is longer than 2048 characters", problem);
    }

    [Fact]
    public void An_identity_that_is_longer_than_any_ARN_makes_its_record_malformed()
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record["identity"]!["arn"] = $"arn:aws:iam::111122223333:user/{new string('a', 300_000)}";

        Assert.Null(InvocationRecordReader.Read(record.ToJsonString(), out var problem));
        Assert.Equal("identity.arn is longer than 2048 characters", problem);
    }

    [Fact]
    public void A_call_that_failed_has_no_tokens()
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record["input"] = new JsonObject();
        record["output"] = new JsonObject();
        record["errorCode"] = "ResourceNotFoundException";

        var read = Read(record.ToJsonString());
        Assert.Equal((0, true, "ResourceNotFoundException"), (read.Tokens.All, read.HasFailed, read.ErrorCode));
    }

    /// <summary>Of an embedding comes out what is no text: its record has the input's count alone.</summary>
    [Theory]
    [InlineData("""{"outputContentType":"application/json"}""", false)]
    [InlineData("""{"outputTokenCount":null}""", false)]
    [InlineData("""{"outputTokenCount":0}""", true)]
    public void Whether_the_output_was_counted_is_told_from_a_count_of_nothing(string output, bool expected)
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record["output"] = JsonNode.Parse(output);

        Assert.Equal((expected, 1200), (Read(record.ToJsonString()).HasOutputCount, Read(record.ToJsonString()).Tokens.Input));
    }

    [Fact]
    public void A_record_without_a_caller_is_counted_to_the_unknown()
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record.Remove("identity");

        Assert.Equal(AiPrincipal.Unknown, AiPrincipal.Of(Read(record.ToJsonString()).IdentityArn));
    }

    [Fact]
    public void A_body_that_is_nested_deeply_or_gives_a_member_twice_does_not_hide_its_record()
    {
        var nested = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));
        var text = Converse.Replace("\"inputTokenCount\"", $"\"inputBodyJson\":{{\"a\":1,\"a\":{nested}}},\"inputTokenCount\"", StringComparison.Ordinal);

        Assert.Equal(1200, Read(text).Tokens.Input);
    }

    [Fact]
    public void What_the_caller_wrote_as_metadata_or_text_changes_nothing()
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record["requestMetadata"] = new JsonObject { ["identity"] = "arn:aws:iam::111122223333:user/victim", ["requestId"] = "other" };
        record["input"]!["inputBodyJson"] = new JsonObject { ["inputTokenCount"] = 0, ["identity"] = new JsonObject { ["arn"] = "victim" } };

        Assert.Equal(Read(Converse), Read(record.ToJsonString()));
    }

    [Theory]
    [InlineData("", "is no JSON")]
    [InlineData("{", "is no JSON")]
    [InlineData("[]", "is no record of the model invocation log: schemaType must be ModelInvocationLog")]
    [InlineData("""{"schemaType":"Other"}""", "is no record of the model invocation log: schemaType must be ModelInvocationLog")]
    [InlineData(
        """{"schemaType":"ModelInvocationLog","accountId":"1111","timestamp":"2026-11-29T06:30:00","input":{"inputTokenCount":-1},"""
            + """ "output":{"outputTokenCount":"7"}}""",
        "requestId is missing; accountId is no account: it has 12 digits; timestamp is no instant such as 2026-11-29T06:30:00Z; region is missing; "
            + "operation is missing; modelId is missing; input.inputTokenCount is no number of tokens (0 to 1000000000); "
            + "output.outputTokenCount is no number of tokens (0 to 1000000000)")]
    public void What_is_no_record_is_refused_with_everything_that_is_wrong(string text, string expected)
    {
        Assert.Null(InvocationRecordReader.Read(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"schemaType":"ModelInvocationLog"}""")]
    [InlineData("""{"schemaType":"\ud800"}""")]
    public void Half_characters_are_refused_and_break_nothing(string text)
    {
        Assert.Null(InvocationRecordReader.Read(text, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("1000000001")]
    [InlineData("99999999999999999999")]
    [InlineData("true")]
    public void A_number_of_tokens_is_a_whole_number_within_bounds(string count)
    {
        var text = Converse.Replace("\"outputTokenCount\":80", $"\"outputTokenCount\":{count}", StringComparison.Ordinal);

        Assert.Null(InvocationRecordReader.Read(text, out var problem));
        Assert.Contains("output.outputTokenCount", problem, StringComparison.Ordinal);
    }

    private static InvocationRecord Read(string text)
    {
        var record = InvocationRecordReader.Read(text, out var problem);
        Assert.Equal("", problem);
        return Assert.IsType<InvocationRecord>(record);
    }

    private static string With(string member, string value)
    {
        var record = JsonNode.Parse(Converse)!.AsObject();
        record[member] = value;
        return record.ToJsonString();
    }
}
