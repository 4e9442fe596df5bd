using System.Text.RegularExpressions;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// The pictures of the documents. <c>UPDATE_GOLDEN=1 dotnet test test/BudgetSync.Cli.Tests --filter PictureTests</c> draws them anew from what the tool prints.
/// </summary>
public sealed partial class PictureTests
{
    private const string Command = "$ dotnet run --project src/BudgetSync.Cli -- local";

    [Fact]
    public async Task The_picture_of_local_is_what_local_prints()
    {
        var run = await Tool.RunAsync(terminal => terminal with { Width = 120 }, "local", "--once");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        string[] lines =
        [
            Command,
            .. Duration().Replace(run.Error, "a second or two").Split('\n'),
            .. Milliseconds().Replace(run.Out, match => "…".PadLeft(match.Length)).Split('\n'),
        ];
        var svg = TerminalPicture.Svg(
            "budgetsync local: twelve accounts, the row of each, the budget that it became, its thresholds and recipients, all Applied",
            [.. lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0)],
            new Dictionary<string, Spectre.Console.Color> { ["Applied"] = StateStyle.Good.Foreground });

        Golden.Same("../../../.github/images/local.svg", svg);
        Assert.Contains("](.github/images/local.svg)", await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_holds_no_markup_of_the_text_that_it_shows()
    {
        var svg = TerminalPicture.Svg("<a>", ["<script>alert(1)</script> &amp;"], new Dictionary<string, Spectre.Console.Color>());
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;", svg, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;a&gt;</title>", svg, StringComparison.Ordinal);
    }

    /// <summary>How long a row took is another number each time.</summary>
    [GeneratedRegex(@"(?<=Applied +)\d+(?= *$)", RegexOptions.Multiline)]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"\d+\.\d s")]
    private static partial Regex Duration();
}
