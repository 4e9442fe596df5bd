using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Coverage;

public sealed class UnannouncedBudgetTests
{
    private const string Account = "111111111111";
    private const string Silent = """{"AccountId":"111111111111","BudgetValue":10,"BudgetName":"team-a","Thresholds":[]}""";

    [Theory]
    [InlineData(Silent, false, "111111111111/team-a")]
    // The operations topic takes what is Critical where no row says anything.
    [InlineData(Silent, true, "")]
    [InlineData("""{"AccountId":"111111111111","BudgetValue":10,"BudgetName":"team-a","Thresholds":[],"Notify":[]}""", true, "111111111111/team-a")]
    [InlineData("""{"AccountId":"111111111111","BudgetValue":10,"BudgetName":"team-a","Thresholds":[80]}""", false, "")]
    [InlineData(
        """{"AccountId":"111111111111","Budgets":[{"BudgetName":"a","BudgetValue":1,"Thresholds":[]},{"BudgetName":"b","BudgetValue":1}]}""",
        false,
        "111111111111/a")]
    // What is rejected is told as that.
    [InlineData("""{"AccountId":"111111111111","BudgetValue":"much","Thresholds":[]}""", false, "")]
    public void A_budget_without_a_subscriber_and_an_account_without_a_channel_is_found(string row, bool alerts, string expected) =>
        Assert.Equal(expected, Found(OrganizationTree.None, alerts, row));

    [Fact]
    public void Every_active_account_of_the_organization_is_looked_at_by_the_rows_that_bear_on_it()
    {
        var tree = new OrganizationTree(
            [new OrganizationUnit("r-ab12", "Root", null)],
            [
                new OrganizationAccount(AccountId.Parse("222222222222"), "b", "r-ab12", true),
                new OrganizationAccount(AccountId.Parse(Account), "a", "r-ab12", true),
                new OrganizationAccount(AccountId.Parse("333333333333"), "c", "r-ab12", false),
            ]);

        Assert.Equal(
            "111111111111/team-a 222222222222/all",
            Found(tree, false, Silent, """{"AccountId":"default","BudgetValue":10,"BudgetName":"all","Thresholds":[]}"""));
    }

    private static string Found(OrganizationTree tree, bool alerts, params string[] rows)
    {
        var images = rows.Select(Given.Row).ToDictionary(row => row.Key, StringComparer.Ordinal);
        return string.Join(' ', UnannouncedBudget.Of(tree, images, Given.Defaults, alerts).Select(one => $"{one.Account}/{one.Name}"));
    }
}
