using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;

namespace BudgetSync.Benchmarks;

/// <summary>What one account costs Core: resolving its rows into a document, and planning when nothing is to do.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private readonly StackDefaults defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse("999999999999"));
    private readonly AccountId account = AccountId.Parse("111122223333");
    private readonly ImmutableArray<RowImage> rows;
    private readonly string document;
    private readonly DesiredBudgets desired;
    private readonly ActualBudgets actual;

    public CoreBenchmarks()
    {
        rows =
        [
            Row(("AccountId", new RowValue.Text("111122223333")), ("BudgetValue", new RowValue.Number("1500.50"))),
            Row(("AccountId", new RowValue.Text("default")), ("Thresholds", new RowValue.Text("80, 90, 100 FORECASTED")))
        ];
        var resolved = (Resolution.Desired)Resolver.Resolve(account, rows, defaults);
        (document, desired) = (resolved.Parameter.Document, resolved.Budgets);
        actual = new ActualBudgets([.. desired.Budgets.Select(budget => new ActualBudget(budget.Settings, budget.Notifications, [], Managed: true))]);
    }

    [Benchmark(Baseline = true)]
    public Resolution Resolve_an_account_with_an_inherited_row() => Resolver.Resolve(account, rows, defaults);

    [Benchmark]
    public ParsedDocument Parse_a_parameter_document() => ParameterDocument.Parse(document, account, defaults);

    [Benchmark]
    public Plan Plan_when_nothing_is_to_do() => Planner.Plan(desired, actual);

    private static RowImage Row(params (string Name, RowValue Value)[] attributes) =>
        new(attributes.ToImmutableSortedDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));
}
