using System.Text.Json;
using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Tests;

/// <summary>The table of features of AI.md: every row is one that is taken, every command one that the tool has, and defaults are the code's.</summary>
public sealed class AiFeatureTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");

    public static TheoryData<string, string> Features()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "AI.md"));
        var begin = document.IndexOf("<!-- features:", StringComparison.Ordinal);
        var features = new TheoryData<string, string>();
        var lines = document[begin..document.IndexOf("<!-- end of features -->", StringComparison.Ordinal)].Split('\n');
        foreach (var line in lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
        {
            var cells = line.Trim('|', ' ').Split(" | ");
            features.Add(cells[0], cells[1].Trim('`', ' '));
        }

        return features;
    }

    [Fact]
    public void There_is_a_line_for_each_feature() => Assert.Equal(33, Features().Count);

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_is_a_row_that_is_taken_or_a_command_that_the_tool_has(string feature, string here)
    {
        if (here.StartsWith("budgetsync ", StringComparison.Ordinal))
        {
            var root = CommandLine.Create(new ConsoleContext(TextWriter.Null, TextWriter.Null, Interactive: false));
            Assert.Empty(root.Parse(here["budgetsync ".Length..]).Errors.Select(error => $"{feature}: {error.Message}"));
            return;
        }

        var policy = PolicyOf(here);
        // A default that is written out is the code's.
        if (feature.Contains(": ", StringComparison.Ordinal)) Assert.Equal(AiPolicy.Empty, policy);
        else Assert.NotNull(policy);
    }

    [Fact]
    public void A_row_that_is_no_policy_would_be_noticed() => Assert.Null(PolicyOf("""{"Default":{"Limt":1}}"""));

    [Fact]
    public void Another_default_than_the_codes_would_be_noticed() => Assert.NotEqual(AiPolicy.Empty, PolicyOf("""{"Default":{"Limit":2}}"""));

    private static AiPolicy? PolicyOf(string ai)
    {
        using var document = JsonDocument.Parse("{\"AccountId\":\"111122223333\",\"BudgetValue\":1,\"Ai\":" + ai + "}");
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", null);
        return (Resolver.Resolve(Account, [RowJson.ReadRow(document.RootElement)!], defaults) as Resolution.Desired)?.Ai; // It is an object.
    }
}
