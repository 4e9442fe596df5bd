using System.Text.RegularExpressions;

namespace BudgetSync.Repo.Tests;

public sealed partial class NamingTests
{
    [Fact]
    public void No_type_or_folder_of_ours_waits_for_its_real_name()
    {
        // LocalAws names its classes for AWS's services, so Service is AWS's word there.
        var offenders = Repository.Files
            .Where(
                path => path.StartsWith("src/", StringComparison.Ordinal)
                    && !path.StartsWith("src/compat/", StringComparison.Ordinal)
                    && path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => Waiting().IsMatch(Path.GetFileNameWithoutExtension(path)) || path.Split('/')[..^1].Any(folder => Folder().IsMatch(folder)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void A_class_that_holds_tests_says_so()
    {
        var offenders = Repository.Files
            .Where(path => path.StartsWith("test/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => TestMethod().IsMatch(Repository.Read(path)) && !TestClass().IsMatch(Repository.Read(path)));
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"^ +\[(\w*Fact|\w*Theory)[\](]", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"\bclass \w+Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Processor|Impl)$")]
    private static partial Regex Waiting();

    [GeneratedRegex("^(Common|Shared|Helpers|Utils|Services|Extensions|Misc)$")]
    private static partial Regex Folder();
}
