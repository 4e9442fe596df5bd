using BudgetSync.Aws.Propagate;

namespace BudgetSync.Aws.Tests.Propagate;

public sealed class BatchVerdictTests
{
    [Fact]
    public void Only_the_newest_record_of_each_key_is_worked_on()
    {
        var newest = BatchVerdict.Newest([Record("a", "9"), Record("b", "10"), Record("a", "11")]);

        Assert.Equal(["10", "11"], newest.Select(record => record.SequenceNumber));
    }

    [Fact]
    public void Sequence_numbers_are_compared_as_numbers_beyond_what_a_long_can_hold()
    {
        string shorter = new('9', 25), longer = "1" + new string('0', 25);

        Assert.Equal(shorter, BatchVerdict.StartOver([Record("a", longer), Record("b", shorter)]));
    }

    [Fact]
    public void A_verdict_never_skips_a_retry()
    {
        var random = new Random(5);
        for (var run = 0; run < 500; run++)
        {
            var records = Enumerable.Range(1, 12).Select(number => Record($"k{random.Next(6)}", $"{number}00000000000000000000")).ToList();
            var failed = BatchVerdict.Newest(records).Where(_ => random.Next(3) == 0).ToList();
            var startOver = BatchVerdict.StartOver(failed);

            Assert.Equal(failed.Count == 0, startOver is null);
            Assert.All(failed, record => Assert.True(records.FindIndex(streamRecord => streamRecord.SequenceNumber == startOver) <= records.IndexOf(record)));
        }
    }

    private static StreamRecord Record(string key, string sequence) => new(key, sequence, null);
}
