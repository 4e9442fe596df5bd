using System.Text;
using BudgetSync.Management;

namespace BudgetSync.Functions.Tests;

public sealed class StreamEventsTests
{
    /// <summary>
    /// A record that cannot be read would hold up its shard, and with it the rows of others. DynamoDB takes attributes of 32 levels (developer guide,
    /// Quotas), and a record spells each of them twice.
    /// </summary>
    [Fact]
    public void An_attribute_nested_as_deep_as_DynamoDB_takes_does_not_hold_up_the_stream()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"M":{"a":""", 32)) + """{"S":"x"}""" + string.Concat(Enumerable.Repeat("}}", 32));
        var (records, unreadable) = StreamEvents.Read(Encoding.UTF8.GetBytes(
            """{"Records":[{"eventName":"MODIFY","dynamodb":{"SequenceNumber":"1","Keys":{"AccountId":{"S":"111122223333"}},"NewImage":{"Note":"""
                + deep + "}}}]}"));
        Assert.Equal("111122223333", Assert.Single(records).Key);
        Assert.Equal(0, unreadable);
    }
}
