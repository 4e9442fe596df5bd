using System.Runtime.CompilerServices;

namespace BudgetSync.Core.Tests.Spend;

public sealed class WorkedExamplesTests
{
    [Fact]
    public void Every_number_of_the_page_is_held_by_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Here(), ".."), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.NotEmpty(WorkedExamples.Names);
        Assert.Empty(WorkedExamples.Names.Where(name => !tests.Contains($"WorkedExamples.Hold(\"{name}\"", StringComparison.Ordinal)));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!; // A source file stands in a folder.
}
