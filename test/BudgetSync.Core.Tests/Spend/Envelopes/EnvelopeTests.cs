using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Spend.Envelopes;

public sealed class EnvelopeTests
{
    private const string Research = "ou-ab12-11111111";

    private static readonly EnvelopeMember[] Three =
    [
        Member(1) with { Name = "lab", Limit = 20_000, Actual = 16_000, Forecast = 24_000 },
        Member(2) with { Limit = 15_000, Actual = 12_000, Forecast = 14_900 },
        Member(3) with { Name = "grid", Limit = 26_000, Actual = 13_200, Forecast = 20_000 },
    ];

    /// <summary>The worked example of Spend's README.</summary>
    [Fact]
    public void An_envelope_stands_where_it_was_worked_out_by_hand()
    {
        var standing = EnvelopeStanding.Of(Research, "Research", Envelope(50_000), Three, SpendBounds.Default);
        WorkedExamples.Hold("envelope, allocated", "61000", standing.Allocated);
        WorkedExamples.Hold("envelope, spent", "41200", standing.Spent);
        WorkedExamples.Hold("envelope, expected", "58900", standing.Expected);
        WorkedExamples.Hold("envelope, state", "Over", standing.State.ToString());
        Assert.Equal(
            "Envelope ou-ab12-11111111 Research: 41,200 of 50,000 USD spent, expected 58,900; allocated 61,000 (122 %) over 3 accounts. "
                + "Largest: lab 24,000, grid 20,000, 000000000002 14,900.",
            standing.Text);
    }

    /// <summary>The worked examples of Spend's README.</summary>
    [Fact]
    public void Shares_are_the_ones_worked_out_by_hand()
    {
        WorkedExamples.Hold("cascade, equal", "333.34, 333.33, 333.33", Shares(Envelope(1_000, Cascade.EQUAL), [Member(1), Member(2), Member(3)]));
        EnvelopeMember[] members =
        [
            Member(1) with { Weight = 1 },
            Member(2) with { Weight = 2 },
            Member(3) with { Weight = 4 },
            Member(4) with { OwnAmount = 100 }
        ];
        WorkedExamples.Hold("cascade, proportional", "128.57, 257.14, 514.29, 100.00", Shares(Envelope(1_000, Cascade.PROPORTIONAL), members));
    }

    [Fact]
    public void What_is_allocated_beyond_the_envelope_is_warned_of_refused_or_allowed()
    {
        const string Text = "Envelope: 61,000 USD are allocated to 3 accounts under ou-ab12-11111111, 11,000 more than the envelope's 50,000; "
            + "lower their amounts, raise Envelope.Amount, or write OverAllocation ALLOW";
        Assert.Equal(new AllocationVerdict.Warned(Text), Verdict(50_000, OverAllocation.WARN));
        Assert.Equal(new AllocationVerdict.Rejected(Text), Verdict(50_000, OverAllocation.REJECT));
        Assert.Equal(new AllocationVerdict.Fits(), Verdict(50_000, OverAllocation.ALLOW));
        Assert.Equal(new AllocationVerdict.Fits(), Verdict(61_000, OverAllocation.REJECT));

        static AllocationVerdict Verdict(decimal amount, OverAllocation rule) =>
            EnvelopeStanding.Of(Research, "", Envelope(amount) with { OverAllocation = rule }, Three, SpendBounds.Default).Allocation;
    }

    [Fact]
    public void An_account_without_a_budget_is_counted_as_such_and_one_without_a_forecast_by_what_it_spent()
    {
        var standing = EnvelopeStanding.Of(
            Research,
            "",
            Envelope(1_000),
            [Member(1) with { Limit = 500, Actual = 90 }, Member(2) with { Actual = 700 }],
            SpendBounds.Default);
        Assert.Equal((500m, 90m, 90m, 1, 1), (standing.Allocated, standing.Spent, standing.Expected, standing.Accounts, standing.Uncounted));
        Assert.Equal(
            "Envelope ou-ab12-11111111: 90 of 1,000 USD spent, expected 90; allocated 500 (50 %) over 1 account, 1 more have no such budget. Largest: "
                + "000000000001 90.",
            standing.Text);
    }

    [Fact]
    public void Own_amounts_that_are_more_than_the_envelope_leave_nothing_for_the_others() =>
        Assert.Equal("1200.00, 0.00", Shares(Envelope(1_000, Cascade.EQUAL), [Member(1) with { OwnAmount = 1_200 }, Member(2)]));

    [Fact]
    public void An_account_nobody_knows_yet_weighs_what_the_one_in_the_middle_does_and_where_none_is_known_all_weigh_the_same()
    {
        EnvelopeMember[] members = [Member(1) with { Weight = 1 }, Member(2) with { Weight = 2 }, Member(3) with { Weight = 5 }, Member(4)];
        WorkedExamples.Hold("cascade, a weight unknown", "100.00, 200.00, 500.00, 200.00", Shares(Envelope(1_000, Cascade.PROPORTIONAL), members));
        Assert.Equal("500.00, 500.00", Shares(Envelope(1_000, Cascade.PROPORTIONAL), [Member(1), Member(2) with { Weight = 0 }]));
    }

    [Fact]
    public void Nothing_is_shared_out_that_does_not_cascade() => Assert.Empty(EnvelopeShare.Of(Envelope(1_000), Three));

    [Fact]
    public void Shares_sum_to_the_amount_exactly_in_whatever_order_accounts_come() => Property.ForAllSeeds(random =>
    {
        var members = Enumerable.Range(1, random.Next(1, 60)).Select(number => Member(number) with
        {
            OwnAmount = random.Next(5) == 0 ? random.Next(1, 10_000) / 100m : null,
            Weight = random.Next(4) == 0 ? null : random.Next(3) == 0 ? 0 : random.Next(1, 1_000_000_000) / 7m,
        }).ToList();
        // One at least takes what is left.
        members[0] = members[0] with { OwnAmount = null };
        var own = members.Sum(member => member.OwnAmount ?? 0);
        var envelope = Envelope(own + (random.Next(1, 1_000_000_000) / 100m), (Cascade)random.Next(1, 3));
        var shares = EnvelopeShare.Of(envelope, members);
        Assert.Equal(envelope.Amount, shares.Sum(share => share.Amount));
        Assert.Equal(shares.AsEnumerable(), EnvelopeShare.Of(envelope, members.OrderBy(_ => random.Next())));
        Assert.Equal(members.Count, shares.Length);
        Assert.All(shares, share => Assert.True(share.Amount >= 0 && share.Amount == Math.Round(share.Amount, 2)));
        if (envelope.Cascade == Cascade.EQUAL)
        {
            var equal = shares.Where(share => !share.Own).Select(share => share.Amount).ToList();
            Assert.True(equal.Max() - equal.Min() <= 0.01m);
        }
    });

    [Fact]
    public void Who_weighs_more_gets_no_less() => Property.ForAllSeeds(random =>
    {
        var members = Enumerable.Range(1, random.Next(2, 30)).Select(number => Member(number) with { Weight = random.Next(0, 1_000) }).ToList();
        var shares = EnvelopeShare.Of(Envelope(random.Next(1, 1_000_000) / 100m, Cascade.PROPORTIONAL), members)
            .ToDictionary(share => share.Account, share => share.Amount);
        foreach (var (lighter, heavier) in members.OrderBy(member => member.Weight).Zip(members.OrderBy(member => member.Weight).Skip(1)))
            Assert.True(lighter.Weight == heavier.Weight || shares[lighter.Account] <= shares[heavier.Account]);
    });

    [Fact]
    public void Sums_over_an_organization_do_not_depend_on_the_order_of_its_accounts() => Property.ForAllSeeds(random =>
    {
        var members = Enumerable.Range(1, random.Next(0, 40)).Select(number => Member(number) with
        {
            Limit = random.Next(4) == 0 ? null : random.Next(1, 10_000),
            Actual = random.Next(4) == 0 ? null : random.Next(-10, 10_000),
            Forecast = random.Next(2) == 0 ? null : random.Next(0, 20_000),
        }).ToList();
        var one = EnvelopeStanding.Of(Research, "", Envelope(10_000), members, SpendBounds.Default);
        Assert.Equal(one, EnvelopeStanding.Of(Research, "", Envelope(10_000), members.OrderBy(_ => random.Next()), SpendBounds.Default));
    });

    private static EnvelopeMember Member(int number) => new(AccountId.Parse(number.ToString("D12", CultureInfo.InvariantCulture)), "");

    private static Envelope Envelope(decimal amount, Cascade cascade = Cascade.NONE) => new(amount, "USD", Cascade: cascade);

    private static string Shares(Envelope envelope, IEnumerable<EnvelopeMember> members) =>
        string.Join(", ", EnvelopeShare.Of(envelope, members).Select(share => share.Amount.ToString("0.00", CultureInfo.InvariantCulture)));
}
