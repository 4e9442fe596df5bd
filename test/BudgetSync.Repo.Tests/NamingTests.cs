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

    /// <summary>
    /// A type is a thing, and -ing is mostly what it does. The exceptions are nouns of AWS, HTTP or the field: an event source mapping, a content encoding, a
    /// setting, an account's standing.
    /// </summary>
    [Fact]
    public void No_type_is_named_for_what_it_does()
    {
        var offenders = Repository.Files
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) && !path.StartsWith("src/compat/", StringComparison.Ordinal))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => Doing().Matches(Repository.Read(path)).Select(match => $"{path}: {match.Groups["name"].Value}"));
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

    [GeneratedRegex(
        @"^ *(?:(?:public|internal|private|sealed|static|abstract|partial|readonly|file) )*(?:class|record struct|record|struct|enum|interface) "
            + @"(?<name>\w*(?<!Mapping|Encoding|Setting|Standing|String)(?<=ing))\b",
        RegexOptions.Multiline)]
    private static partial Regex Doing();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Processor|Impl)$")]
    private static partial Regex Waiting();

    [GeneratedRegex("^(Common|Shared|Helpers|Utils|Services|Extensions|Misc)$")]
    private static partial Regex Folder();
}
