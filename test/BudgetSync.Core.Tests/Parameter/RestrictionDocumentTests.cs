using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Parameter;

public sealed class RestrictionDocumentTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    private static readonly DesiredRestriction Deny = new("r-00000000000a", RestrictionKind.DENY_APIS, Since)
    {
        Policy = "critical",
        Except = new PrincipalNames(["admin"], ["o.l+x@example.com"]),
        Until = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly DesiredRestriction Stop = new("r-00000000000b", RestrictionKind.STOP_TAGGED, Since) { Tag = new ResourceTag("env", "a=b") };

    private static readonly DesiredRestriction Bound = new("r-00000000000c", RestrictionKind.DENY_NEW, Since)
    {
        Binds = new PrincipalNames(["developer"], ["alice"]),
    };

    [Fact]
    public void A_document_without_restrictions_is_what_it_was_before_there_were_any()
    {
        var budgets = Given.Desired("""{"BudgetValue":1500}""").Budgets;

        const string before = """
            {"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1500,"EmailRecipients":["finops@example.com"],"Thresholds":[90]}],"Version":1}
            """;
        Assert.Equal(before, ParameterDocument.Format(budgets));
        Assert.Equal(before, ParameterDocument.Format(budgets, []));
    }

    [Fact]
    public void Restrictions_stand_between_the_budgets_and_the_version_in_order_of_id() => Assert.Equal(
        """
        {"Budgets":[],"Restrictions":[
        {"Except":{"Roles":["admin"],"Users":["o.l+x@example.com"]},"Id":"r-00000000000a","Kind":"DENY_APIS","Policy":"critical",
        "Since":"2026-11-29T10:00:00Z","Until":"2026-12-01"},
        {"Id":"r-00000000000b","Kind":"STOP_TAGGED","Since":"2026-11-29T10:00:00Z","Tag":"env=a=b"},
        {"Id":"r-00000000000c","Kind":"DENY_NEW","Roles":["developer"],"Since":"2026-11-29T10:00:00Z","Users":["alice"]}],"Version":1}
        """.ReplaceLineEndings(""),
        ParameterDocument.Format(Core.Budgets.DesiredBudgets.None, [Bound, Deny, Stop]));

    /// <summary>What is lifted while rows are wrong is taken out of the document that is there; nothing is made of rows then.</summary>
    [Fact]
    public void Restrictions_that_are_not_kept_are_taken_out_and_all_else_stays_as_it_is()
    {
        var desired = Given.Desired("""{"BudgetValue":1500,"Ai":{"Default":{"Limit":5}}}""");
        var (account, defaults) = (Given.Account, Given.Defaults);
        var text = ParameterDocument.Format(desired.Budgets, [Deny, Stop, Bound], desired.Ai);
        Assert.Equal(ParameterDocument.Format(desired.Budgets, [Stop], desired.Ai), ParameterDocument.Amended(text, [Stop.Id], null, account, defaults));
        Assert.Equal(ParameterDocument.Format(desired.Budgets, [], desired.Ai), ParameterDocument.Amended(text, ["r-00000000000f"], null, account, defaults));
        Assert.Equal(text, ParameterDocument.Amended(text, [Stop.Id, Bound.Id, Deny.Id], null, account, defaults));
        Assert.Equal(ParameterDocument.Released, ParameterDocument.Amended(ParameterDocument.Released, [Stop.Id], null, account, defaults));
        Assert.Null(ParameterDocument.Amended("many dollars", [], null, account, defaults));
    }

    [Fact]
    public void A_document_reads_back_as_it_was_written_and_its_revision_covers_the_restrictions()
    {
        var budgets = Given.Desired("""{"BudgetValue":1500}""").Budgets;
        var text = ParameterDocument.Format(budgets, [Stop, Bound, Deny]);

        var read = Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(text, Given.Account, Given.Defaults));

        Assert.Equal(budgets, read.Budgets);
        Assert.Equal([Deny, Stop, Bound], read.Restrictions);
        Assert.Equal(ParameterDocument.Revision(text), read.Revision);
        Assert.NotEqual(ParameterDocument.Revision(ParameterDocument.Format(budgets)), read.Revision);
    }

    [Fact]
    public void What_is_wrong_with_restrictions_and_with_budgets_is_told_at_once()
    {
        const string text = """
            {"BudgetValue":0,"Restrictions":[{"Id":"r-1","Kind":"NOTIFY"},{"Id":"r-000000000001","Kind":"DENY_APIS","Since":"2026-11-29"}]}
            """;

        Assert.Equal<string[]>(
            [
                "BudgetValue: 0 is not above 0; write the limit as a positive number",
                "Restrictions[0].Id: \"r-1\" is no id of a restriction; it is r- and 12 hex digits, as r-0123456789ab",
                "Restrictions[0].Kind: \"NOTIFY\" is nothing that a spoke does; remove the restriction",
                "Restrictions[0]: Since is missing; add it",
                "Restrictions[1]: Policy is missing; name the list of calls that DENY_APIS denies",
            ],
            Assert.IsType<ParsedDocument.Malformed>(ParameterDocument.Parse(text, Given.Account, Given.Defaults)).Reasons.Order(StringComparer.Ordinal)
                .ToArray());
    }

    [Fact]
    public void A_restriction_holds_until_its_end_and_without_one_until_it_is_gone()
    {
        Assert.True(Deny.HoldsAt(Deny.Until!.Value.AddSeconds(-1)));
        Assert.False(Deny.HoldsAt(Deny.Until!.Value));
        Assert.True(Stop.HoldsAt(DateTimeOffset.MaxValue));
    }
}
