using System.Text.RegularExpressions;
using BudgetSync.Cdk.Restrictions;

namespace BudgetSync.Cdk.Tests;

/// <summary>What RESPONSES.md says that DENY_NEW and DENY_AI deny is what the lists have.</summary>
public sealed partial class DenyDocumentTests
{
    private static readonly string[] Lines = Table();

    [Theory]
    [InlineData("DENY_NEW")]
    [InlineData("DENY_AI")]
    public void Every_call_that_a_row_names_is_denied_by_its_kind(string kind)
    {
        var calls = CallsOf($"| `{kind}`");

        Assert.NotEmpty(calls);
        Assert.Empty(calls.Except(ListOf(kind)));
    }

    [Fact]
    public void What_neither_denies_is_in_no_list()
    {
        var calls = CallsOf("| neither |");

        Assert.NotEmpty(calls);
        Assert.Empty(calls.Intersect([.. DenyLists.New, .. DenyLists.Ai]));
    }

    [Theory]
    [InlineData("DENY_NEW", "| `DENY_NEW`, all of it | ")]
    [InlineData("DENY_AI", "| `DENY_AI`: calls of Bedrock | ")]
    public void How_many_calls_of_how_many_services_is_counted(string kind, string row)
    {
        var list = ListOf(kind);
        var services = list.Select(action => action.Split(':')[0]).Distinct().Count();

        Assert.Contains(Lines, line => line.StartsWith($"{row}{list.Count} of {services} services |", StringComparison.Ordinal));
    }

    private static IReadOnlyCollection<string> ListOf(string kind) => kind == "DENY_NEW" ? [.. DenyLists.New] : [.. DenyLists.Ai];

    private static List<string> CallsOf(string row) =>
        [.. Lines.Where(line => line.StartsWith(row, StringComparison.Ordinal)).SelectMany(line => Call().Matches(line)).Select(call => call.Groups[1].Value)];

    private static string[] Table() => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src/BudgetSync.Core/RESPONSES.md"))
        .Split("<!-- denies: held by a test -->")[1]
        .Split("<!-- end of denies -->")[0]
        .Split('\n');

    [GeneratedRegex("`([a-z-]+:[A-Za-z]+)`")]
    private static partial Regex Call();
}
