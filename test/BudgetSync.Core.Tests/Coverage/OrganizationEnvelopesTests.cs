using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Rows;
using BudgetSync.Core.Tests.Spend;

namespace BudgetSync.Core.Tests.Coverage;

/// <summary>Envelopes of rows over an organization: two accounts in an OU, a third beside it.</summary>
public sealed class OrganizationEnvelopesTests
{
    private const string A = "111111111111";
    private const string B = "222222222222";
    private const string C = "333333333333";
    private const string Unit = "ou-ab12-11111111";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly OrganizationTree Tree = new(
        [new OrganizationUnit("r-ab12", "Root", null), new OrganizationUnit(Unit, "Research", "r-ab12")],
        [
            .. new[] { (Id: A, Parent: Unit), (Id: B, Parent: Unit), (Id: C, Parent: "r-ab12") }
                .Select(one => new OrganizationAccount(AccountId.Parse(one.Id), $"name-{one.Id[0]}", one.Parent, true))
        ]);

    [Fact]
    public void The_worked_example_of_the_page_holds_for_rows_and_reports()
    {
        var line = Assert.Single(Lines(
            [
                """{"AccountId":"default","Envelope":{"Amount":50000},"BudgetValue":1}""",
                Row(A, 20000),
                Row(B, 15000),
                """{"AccountId":"333333333333","BudgetValue":25000,"Grants":[{"Amount":1000,"Until":"2026-11-30","Why":"fair"}]}""",
            ],
            Reported(A, 16000, 24000), Reported(B, 12000, 14900), Reported(C, 13200, 20000)));

        WorkedExamples.Hold("envelope, allocated", "61000", line.Standing.Allocated);
        WorkedExamples.Hold("envelope, spent", "41200", line.Standing.Spent);
        WorkedExamples.Hold("envelope, expected", "58900", line.Standing.Expected);
        Assert.Equal(SpendState.Over, line.Standing.State);
        Assert.Equal(
            "Envelope default: 41,200 of 50,000 USD spent, expected 58,900; allocated 61,000 (122 %) over 3 accounts. "
                + "Largest: name-1 24,000, name-3 20,000, name-2 14,900.",
            line.Standing.Text);
        Assert.Equal(
            "Envelope: 61,000 USD are allocated to 3 accounts under default, 11,000 more than the envelope's 50,000; lower their amounts, raise "
                + "Envelope.Amount, or write OverAllocation ALLOW",
            Assert.IsType<AllocationVerdict.Warned>(line.Standing.Allocation).Text);
    }

    [Fact]
    public void An_envelope_of_an_OU_is_over_the_accounts_in_it_with_what_they_inherit()
    {
        var line = Assert.Single(Lines(["""{"AccountId":"ou-ab12-11111111","Envelope":{"Amount":500}}""", """{"AccountId":"default","BudgetValue":200}"""]));

        Assert.Equal((Unit, "Research", 400m, 2), (line.Key, line.Name, line.Standing.Allocated, line.Standing.Accounts));
        Assert.IsType<AllocationVerdict.Fits>(line.Standing.Allocation);
    }

    [Theory]
    [InlineData("""{"AccountId":"222222222222","BudgetValue":9,"TimeUnit":"QUARTERLY"}""")]
    [InlineData("""{"AccountId":"222222222222","BudgetValue":9,"Unit":"EUR"}""")]
    [InlineData("""{"AccountId":"222222222222","BudgetValue":9,"CostFilters":{"Service":["AWS Lambda"]}}""")]
    [InlineData("""{"AccountId":"222222222222","BudgetType":"SAVINGS_PLANS_COVERAGE"}""")]
    [InlineData("""{"AccountId":"222222222222","BudgetValue":-1}""")]
    public void A_budget_of_another_period_currency_scope_or_type_does_not_count(string other)
    {
        var standing = Assert.Single(Lines(["""{"AccountId":"ou-ab12-11111111","Envelope":{"Amount":500}}""", Row(A, 100), other])).Standing;

        Assert.Equal((100m, 1, 1), (standing.Allocated, standing.Accounts, standing.Uncounted));
    }

    [Fact]
    public void Of_several_budgets_of_all_costs_the_highest_counts_and_only_that()
    {
        var row = """{"AccountId":"111111111111","Budgets":[{"BudgetName":"soft","BudgetValue":80},{"BudgetName":"hard","BudgetValue":100}]}""";
        Assert.Equal(100, Assert.Single(Lines(["""{"AccountId":"ou-ab12-11111111","Envelope":{"Amount":500}}""", row])).Standing.Allocated);
    }

    [Fact]
    public void A_cascade_takes_own_amounts_off_first_shares_by_weight_and_does_not_take_a_share_for_own()
    {
        const string shared = """{"AccountId":"333333333333","BudgetValue":5,"Weight":4,"x-envelope":"default"}""";
        var line = Assert.Single(Lines(
            ["""{"AccountId":"default","BudgetValue":1,"Weight":1,"Envelope":{"Amount":1000,"Cascade":"PROPORTIONAL"}}""", Row(A, 100), shared]));

        // 900 over weights 1 and 4.
        Assert.Equal([(A, 100m, true), (B, 180m, false), (C, 720m, false)], line.Shares.Select(share => (share.Account.Value, share.Amount, share.Own)));
        Assert.Equal(1000, line.Shares.Sum(share => share.Amount));
    }

    [Fact]
    public void An_equal_cascade_is_exact_to_the_cent()
    {
        var line = Assert.Single(Lines(["""{"AccountId":"r-ab12","BudgetValue":1,"Envelope":{"Amount":1000,"Cascade":"EQUAL"}}"""]));

        Assert.Equal([333.34m, 333.33m, 333.33m], line.Shares.Select(share => share.Amount));
    }

    [Fact]
    public void An_edit_that_makes_the_excess_or_makes_it_larger_is_refused_and_one_that_makes_it_smaller_is_not()
    {
        Assert.Equal("r-ab12", Assert.Single(Edit(null, Row(A, 600)).Refusals).Key);
        Assert.Single(Edit(Row(A, 600), Row(A, 601)).Refusals);
        var smaller = Edit(Row(A, 601), Row(A, 600));
        Assert.Empty(smaller.Refusals);
        Assert.Contains("100 more than the envelope's 500", Assert.Single(smaller.Warnings), StringComparison.Ordinal);
        Assert.Equal(new EnvelopeEdit([], []), Edit(Row(A, 600), Row(A, 500)));
    }

    /// <summary>What was spent of an envelope is judged as what was spent of a budget is, by the deployment's bounds.</summary>
    [Theory]
    [InlineData(120, SpendState.Over)]
    [InlineData(105, SpendState.Critical)]
    public void A_state_begins_where_the_deployment_says(int critical, SpendState state)
    {
        var rows = new[] { """{"AccountId":"r-ab12","BudgetValue":1,"Envelope":{"Amount":500}}""", Row(A, 600) }.Select(Given.Row);
        var envelopes = new OrganizationEnvelopes(
            Tree,
            rows.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal),
            ImmutableDictionary<string, StatusRow>.Empty.Add(A, Reported(A, actual: 540, forecast: 0)),
            Given.Defaults,
            Now)
        {
            Bounds = SpendBounds.Default with { CriticalFrom = critical },
        };

        Assert.Equal(state, Assert.Single(envelopes.Lines()).Standing.State);
    }

    [Fact]
    public void Without_an_organization_an_envelope_of_everybody_is_over_the_accounts_that_have_a_row() => Assert.Equal(
        30,
        Assert.Single(Lines(OrganizationTree.None, ["""{"AccountId":"default","BudgetValue":1,"Envelope":{"Amount":5}}""", Row(A, 10), Row(B, 20)]))
            .Standing.Allocated);

    private static EnvelopeEdit Edit(string? before, string after)
    {
        const string envelope = """{"AccountId":"r-ab12","Envelope":{"Amount":500,"OverAllocation":"REJECT"}}""";
        return EnvelopeEdit.Of(Lines(before is null ? [envelope] : [envelope, before]), Lines([envelope, after]));
    }

    private static string Row(string account, int amount) => $$"""{"AccountId":"{{account}}","BudgetValue":{{amount}}}""";

    private static StatusRow Reported(string account, decimal actual, decimal forecast) => new()
    {
        Key = account,
        State = AccountState.Applied,
        FirstSeenAt = Now,
        Budgets = [new ReportedBudget("SpokeAccountBudget", null, "USD", actual, forecast, SpendState.Unknown)],
    };

    private static ImmutableArray<EnvelopeLine> Lines(string[] rows, params StatusRow[] statuses) => Lines(Tree, rows, statuses);

    private static ImmutableArray<EnvelopeLine> Lines(OrganizationTree tree, string[] rows, params StatusRow[] statuses) => new OrganizationEnvelopes(
        tree,
        rows.Select(Given.Row).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal),
        statuses.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal),
        Given.Defaults,
        Now).Lines();
}
