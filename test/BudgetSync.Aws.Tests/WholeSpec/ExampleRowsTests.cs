using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>What the documentation shows works: every example row becomes budgets.</summary>
public sealed partial class ExampleRowsTests
{
    public static TheoryData<string> Examples { get; } =
        [
            .. new[] { "README.md", "src/BudgetSync.Core/ROWS.md" }
                .SelectMany(file => Fence().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, file))))
                .Select(match => match.Groups["json"].Value)
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_row_becomes_the_budgets_it_describes(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(parsed.RootElement)!; // The fences hold objects.
        var account = AccountId.TryParse(row.Key, out var own) ? own : Cases.Account(1);
        // An example in another currency is one for accounts that are billed in it.
        var currency = parsed.RootElement.TryGetProperty("Unit", out var unit) ? unit.GetString()! : "USD"; // Where it stands it is a text.
        await using var cloud = new LocalCloud(
            new LocalCloudOptions { Time = new VirtualClock(World.Start), Budgets = new BudgetsOptions { Currency = currency } });
        using var spoke = new Spoke(cloud, account);

        switch (Resolver.Resolve(account, [row], World.Defaults))
        {
            case Resolution.Desired desired:
                var report = await spoke.ApplyAsync(desired.Parameter.Document);
                Assert.Equal(ReportOutcome.Applied, report.Outcome);
                Assert.Empty(spoke.Recorder.Refused);
                Assert.Empty(await spoke.DriftAsync(desired.Budgets));
                Assert.Equal(desired.Budgets.Budgets.Length, report.Budgets.Length);
                break;
            case var resolution:
                Assert.IsType<Resolution.Disabled>(resolution);
                Assert.Contains("\"Enabled\": false", json, StringComparison.Ordinal);
                break;
        }
    }

    [Fact]
    public void There_are_examples_to_run() => Assert.True(Examples.Count > 12, Examples.Count.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
