namespace BudgetSync.Repo.Tests;

/// <summary>What a formatter does not hold: the length of lines and of files.</summary>
public sealed class FormatTests
{
    private const int Columns = 160;

    private static readonly IReadOnlyList<string> Sources =
    [
        .. Repository.Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("src/compat/", StringComparison.Ordinal)),
    ];

    /// <summary>Of the stand-ins of packages, what a generator writes is as long as AWS's sentences are; what people wrote is held like all else.</summary>
    private static readonly IEnumerable<string> Handwritten = Repository.Files.Where(path =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/Generated/", StringComparison.Ordinal));

    [Fact]
    public void No_line_is_longer_than_160_columns()
    {
        var tooLong = from path in Handwritten
                      from line in Repository.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
                      where line.Text.Length > Columns
                      select $"{path}:{line.Number}";

        Assert.Empty(tooLong);
    }

    /// <summary>
    /// Tests are lists of sentences and may be longer; what somebody reads to understand the product fits on two screens, or is two subjects.
    /// </summary>
    [Theory]
    [InlineData("src/", 120)]
    [InlineData("test/", 200)]
    public void Nine_files_of_ten_fit_on_a_few_screens(string root, int lines)
    {
        var lengths = Sources.Where(path => path.StartsWith(root, StringComparison.Ordinal))
            .Select(path => Repository.Read(path).Split('\n').Length - 1)
            .Order()
            .ToList();

        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, lines - 1);
    }

    /// <summary>Folders of tests mirror those of the product, whatever they hold.</summary>
    [Fact]
    public void No_folder_of_the_product_holds_a_single_file_where_a_neighbour_would_do() => Assert.Empty(
        from path in Sources
        where path.StartsWith("src/", StringComparison.Ordinal) && path.Split('/').Length > 3
        group path by path[..path.LastIndexOf('/')] into folder
        where folder.Count() == 1 && !Repository.Files.Any(path => path.StartsWith(folder.Key + "/", StringComparison.Ordinal) && path != folder.Single())
        select folder.Single());
}
