using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace BudgetSync.Cli.Tests;

/// <summary>Lines of a terminal as an SVG that any page can show: every line is as wide as its columns, whatever font is there.</summary>
internal static partial class TerminalPicture
{
    private const int Margin = 20;
    private const int FontSize = 13;
    private const double ColumnWidth = 7.8;
    private const int LineHeight = 18;

    /// <summary>The terminal's ground and what is written on it, readable on a light page and on a dark one.</summary>
    private const string Ground = "#0d1117";
    private const string Ink = "#e6edf3";

    /// <summary>The eight colours that states are drawn in, as a terminal with a dark ground shows them.</summary>
    private static readonly Dictionary<Color, string> Shown = new()
    {
        [Color.Green] = "#3fb950",
        [Color.Maroon] = "#ff7b72",
        [Color.Olive] = "#d29922",
        [Color.Teal] = "#39c5cf",
    };

    /// <param name="title">What a reader hears who cannot see it.</param>
    /// <param name="colours">Words, each drawn in its colour wherever it stands alone.</param>
    public static string Svg(string title, IReadOnlyList<string> lines, IReadOnlyDictionary<string, Color> colours)
    {
        var width = (int)Math.Ceiling(lines.Max(line => line.Length) * ColumnWidth) + 2 * Margin;
        var height = lines.Count * LineHeight + 2 * Margin;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" ")
            .Append("role=\"img\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" ")
            .Append(CultureInfo.InvariantCulture, $"font-size=\"{FontSize}\" fill=\"{Ink}\">\n<title>{WebUtility.HtmlEncode(title)}</title>\n")
            .Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{Ground}\"/>\n");
        for (var row = 0; row < lines.Count; row++)
        {
            foreach (Match run in Runs().Matches(lines[row])) Write(svg, row, run, colours);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Write(StringBuilder svg, int row, Match run, IReadOnlyDictionary<string, Color> colours)
    {
        var x = Margin + run.Index * ColumnWidth;
        var y = Margin + row * LineHeight + FontSize;
        var colour = colours.TryGetValue(run.Value, out var state) ? $" fill=\"{Shown[state]}\"" : "";
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y}\" textLength=\"{run.Length * ColumnWidth:0.#}\"{colour}>")
            .Append(WebUtility.HtmlEncode(run.Value))
            .Append("</text>\n");
    }

    /// <summary>What stands between two or more blanks: one blank is drawn as itself, and more would be drawn as one.</summary>
    [GeneratedRegex(@"\S+(?: \S+)*")]
    private static partial Regex Runs();
}
