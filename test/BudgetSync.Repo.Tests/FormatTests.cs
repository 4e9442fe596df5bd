namespace BudgetSync.Repo.Tests;

/// <summary>What a formatter does not hold: the length of lines and of files.</summary>
public sealed class FormatTests
{
    private const int Columns = 160;

    private static readonly IReadOnlyList<string> Sources =
    [
        .. Repository.Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("src/compat/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void No_line_is_longer_than_160_columns()
    {
        var tooLong = from path in Sources
                      from line in Repository.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
                      where line.Text.Length > Columns
                      select $"{path}:{line.Number}";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nine_files_of_ten_fit_on_a_few_screens()
    {
        var lengths = Sources.Select(path => Repository.Read(path).Split('\n').Length).Order().ToList();

        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }
}
