using System.Text.Json;
using BudgetSync.Aws.Metering;

namespace BudgetSync.Aws.Tests.Metering;

public sealed class LogBatchTests
{
    [Fact]
    public void A_batch_is_unpacked_with_its_events_in_their_order()
    {
        var batch = LogBatch.TryRead(MeteredWorld.Packed("DATA_MESSAGE", "a", "b"))!;

        Assert.False(batch.IsControl);
        Assert.Equal(["a", "b"], batch.Events.Select(one => one.Message));
        Assert.Equal(("/g", 56), (batch.Group, batch.Events[0].Id.Length));
    }

    [Fact]
    public void A_control_message_is_one() => Assert.True(LogBatch.TryRead(MeteredWorld.Packed("CONTROL_MESSAGE", "CWL CONTROL MESSAGE"))!.IsControl);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"RequestType":"Create"}""")]
    public void What_is_no_batch_is_none(string json) => Assert.Null(LogBatch.TryRead(JsonDocument.Parse(json).RootElement));

    [Theory]
    [InlineData("""{"awslogs":1}""")]
    [InlineData("""{"awslogs":{"data":"%"}}""")]
    [InlineData("""{"awslogs":{"data":"AAAA"}}""")]
    public void What_cannot_be_unpacked_says_so(string json)
    {
        var refused = Assert.Throws<ArgumentException>(() => LogBatch.TryRead(JsonDocument.Parse(json).RootElement));

        Assert.Contains("awslogs.data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_larger_than_any_of_CloudWatch_is_not_unpacked()
    {
        var bomb = MeteredWorld.Packed("DATA_MESSAGE", new string('x', Limits.LogBatchBytes));

        Assert.Contains("bytes unpacked", Assert.Throws<ArgumentException>(() => LogBatch.TryRead(bomb)).Message, StringComparison.Ordinal);
    }
}
