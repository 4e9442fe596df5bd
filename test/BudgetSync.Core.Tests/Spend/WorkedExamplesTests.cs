namespace BudgetSync.Core.Tests.Spend;

public sealed class WorkedExamplesTests
{
    private static readonly string Tests = Path.Combine(RepositoryRoot.Path, "test", "BudgetSync.Core.Tests");

    [Fact]
    public void Every_number_of_the_page_is_held_by_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.NotEmpty(WorkedExamples.Names);
        Assert.Empty(WorkedExamples.Names.Where(name => !tests.Contains($"WorkedExamples.Hold(\"{name}\"", StringComparison.Ordinal)));
    }
}
