using BudgetSync.Core.Organization;

namespace BudgetSync.Core.Tests.Organization;

public sealed class OrganizationTreeTests
{
    private static readonly AccountId One = AccountId.Parse("111111111111");
    private static readonly AccountId Two = AccountId.Parse("222222222222");
    private static readonly AccountId Closed = AccountId.Parse("333333333333");
    private static readonly AccountId Stranger = AccountId.Parse("999999999999");

    private static readonly OrganizationTree Tree = new(
        [
            new OrganizationUnit("r-ab12", "Root", null), new OrganizationUnit("ou-ab12-11111111", "Workloads", "r-ab12"),
            new OrganizationUnit("ou-ab12-22222222", "Prod", "ou-ab12-11111111"),
        ],
        [
            new OrganizationAccount(Two, "two", "ou-ab12-11111111", Active: true), new OrganizationAccount(One, "one", "ou-ab12-22222222", Active: true),
            new OrganizationAccount(Closed, "closed", "ou-ab12-22222222", Active: false),
        ]);

    [Fact]
    public void The_path_of_an_account_runs_from_itself_to_default() => Assert.Equal(
        ["111111111111", "ou-ab12-22222222", "ou-ab12-11111111", "r-ab12", "default"],
        Tree.PathOf(One).Select(scope => scope.Key));

    [Fact]
    public void An_account_the_tree_does_not_know_has_itself_and_default() =>
        Assert.Equal(["999999999999", "default"], Tree.PathOf(Stranger).Select(scope => scope.Key));

    [Theory]
    [InlineData("default", "111111111111,222222222222")]
    [InlineData("r-ab12", "111111111111,222222222222")]
    [InlineData("ou-ab12-11111111", "111111111111,222222222222")]
    [InlineData("ou-ab12-22222222", "111111111111")]
    [InlineData("ou-ab12-99999999", "")]
    [InlineData("333333333333", "")]
    [InlineData("999999999999", "999999999999")]
    public void A_row_covers_the_active_accounts_below_its_scope(string scope, string accounts) =>
        Assert.Equal(accounts, string.Join(',', Tree.CoveredBy(Scope.TryParse(scope)!))); // Not null: each of the texts above is a scope.

    [Fact]
    public void A_circle_that_two_pages_might_make_ends()
    {
        var circle = new OrganizationTree(
            [new OrganizationUnit("ou-ab12-11111111", "A", "ou-ab12-22222222"), new OrganizationUnit("ou-ab12-22222222", "B", "ou-ab12-11111111")],
            [new OrganizationAccount(One, "one", "ou-ab12-11111111", Active: true)]);
        Assert.Equal(OrganizationTree.MaximumDepth + 2, circle.PathOf(One).Length);
        Assert.Equal(One, Assert.Single(circle.CoveredBy(new Scope.OrganizationalUnit("ou-ab12-22222222"))));
    }

    [Fact]
    public void Of_an_account_that_moved_while_the_pages_were_read_the_later_place_counts()
    {
        var tree = new OrganizationTree(
            [],
            [new OrganizationAccount(One, "one", "r-ab12", Active: true), new OrganizationAccount(One, "one", "ou-ab12-22222222", Active: true)]);
        Assert.Equal("ou-ab12-22222222", tree.Find(One)?.Parent);
    }
}
