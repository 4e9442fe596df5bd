using System.Text;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Tests.Reports;

public sealed class ReportedRestrictionTests
{
    private static readonly Report Report = new() { Outcome = ReportOutcome.Applied, At = new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero) };

    private static readonly ReportedRestriction Stopped = new("r-0123456789ab", RestrictionOutcome.Failed)
    {
        Did = [new RestrictedResource("arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:u:autoScalingGroupName/web", "min 1, desired 3, max 5")],
        Omitted = 2,
        Reasons = ["i-0123 is a one-time Spot instance, which cannot be stopped"],
    };

    [Fact]
    public void What_a_spoke_says_of_its_restrictions_reads_back_as_it_was_written()
    {
        var report = Report with { Restrictions = EquatableArray.Create([Stopped, new ReportedRestriction("r-00000000000b", RestrictionOutcome.Lifted)]) };

        Assert.Equal(report, Read(ReportJson.Format(report)));
    }

    /// <summary>An event of each apply would grow by all that is in force.</summary>
    [Fact]
    public void What_a_restriction_holds_is_told_to_the_hub_that_asks_and_in_no_event()
    {
        var holding = Stopped with { Holds = [new RestrictedResource("arn:aws:iam::111122223333:role/team/developer", "without DenyNew")], HoldsOmitted = 3 };
        var report = Report with { Restrictions = EquatableArray.Create([holding]) };

        Assert.Equal(report, Read(ReportJson.Format(report, holds: true)));
        Assert.Equal(Report with { Restrictions = EquatableArray.Create([Stopped]) }, Read(ReportJson.Format(report)));
    }

    [Fact]
    public void A_spoke_that_cannot_restrict_says_nothing_and_one_without_restrictions_says_that_it_has_none()
    {
        Assert.DoesNotContain("restrictions", ReportJson.Format(Report), StringComparison.Ordinal);
        Assert.Null(Read(ReportJson.Format(Report)).Restrictions);
        Assert.Empty(Read(ReportJson.Format(Report with { Restrictions = EquatableArray.Create<ReportedRestriction>([]) })).Restrictions!.Value);
    }

    [Theory]
    [InlineData("""[7,{"id":"r-1"},{"state":"InForce"},{"id":"r-1","state":"Broken"},{"id":"r-1","state":2}]""")]
    [InlineData("[]")]
    public void Restrictions_that_cannot_be_read_are_left_out(string restrictions) =>
        Assert.Empty(Read($$"""{"outcome":"Applied","at":"2026-11-29T10:00:00Z","restrictions":{{restrictions}}}""").Restrictions!.Value);

    [Fact]
    public void Attachments_that_nothing_explains_read_back_as_they_were_written_and_what_is_none_is_left_out()
    {
        var report = Report with { Unexplained = [new UnexplainedAttachments("DenyNew", Report.At, "role/developer is bound yet")] };

        Assert.Equal(report, Read(ReportJson.Format(report)));
        Assert.DoesNotContain("unexplained", ReportJson.Format(Report), StringComparison.Ordinal);
        const string none = """[7,{"policy":"DenyNew","reason":"x"},{"policy":"DenyNew","since":"soon","reason":"x"},{"policy":1}]""";
        Assert.Empty(Read($$"""{"outcome":"Applied","at":"2026-11-29T10:00:00Z","unexplained":{{none}}}""").Unexplained);
    }

    [Fact]
    public void What_does_not_fit_is_counted()
    {
        EquatableArray<RestrictedResource> all =
            [.. Enumerable.Range(0, 5_000).Select(number => new RestrictedResource($"arn:{number}", new string('€', 900)))];
        var many = Stopped with { Did = all, Holds = all };
        var report = Report with { Restrictions = EquatableArray.Create([.. Enumerable.Repeat(many, 50)]) };

        var text = ReportJson.Format(report);
        var read = Read(text).Restrictions!.Value;

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 10_000, 28_000);
        Assert.Equal(20, read.Length);
        Assert.All(read, restriction => Assert.Equal(5_002, restriction.Did.Length + restriction.Omitted));
        Assert.InRange(Encoding.UTF8.GetByteCount(ReportJson.Format(report, holds: true)), 10_000, 42_000);
    }

    private static Report Read(string text) => Assert.IsType<ParsedReport.Read>(ReportJson.Parse(text)).Report;
}
