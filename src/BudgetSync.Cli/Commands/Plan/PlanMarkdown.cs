using System.Text;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>A plan as the comment of a pull request: a sentence, and a table of the accounts that change, folded away where it is long.</summary>
internal static class PlanMarkdown
{
    /// <summary>How long GitHub lets a comment be. Source: its answer to a longer one, "Body is too long (maximum is 65536 characters)".</summary>
    public const int LongestComment = 65_536;

    /// <summary>The first line, by which a workflow finds the comment that it wrote before.</summary>
    public const string Mark = "<!-- budgetsync plan -->";

    /// <summary>A longer table is folded away, so that it does not push the talk of people off the page.</summary>
    private const int MostOpen = 15;

    /// <summary>Changes of one account that are told.</summary>
    private const int MostWords = 12;

    private const int LongestWord = 400;

    private const string Head = "| account | name | change | what |\n|---|---|---|---|\n";

    /// <summary>Room for what stands below the table.</summary>
    private const int Below = 200;

    /// <param name="rest">What is said of a page that is not all; null where it is.</param>
    public static string Of(
        IReadOnlyList<PlanGroup> groups,
        string? rest,
        Func<PlanGroup, string> name,
        string sum,
        IReadOnlyList<string> money,
        string? brake,
        IReadOnlyList<string> warnings)
    {
        var top = new StringBuilder($"{Mark}\n### Budgets: {Code(sum)}\n");
        foreach (var line in money) top.Append($"\n{Code(line)}\n");
        if (brake is not null) top.Append($"\n**The import will need `--allow-large`:** {Code(brake)}\n");
        foreach (var warning in warnings.Take(MostWords)) top.Append($"\n**Warning:** {Code(warning)}\n");
        if (warnings.Count > MostWords) top.Append($"\n… and {Number.Of(warnings.Count - MostWords)} more warnings\n");
        if (groups.Count == 0) return top.ToString();
        var folded = groups.Count > MostOpen;
        top.Append(folded ? $"\n<details><summary>{Number.Count(groups.Sum(group => group.Lines.Length), "account")}</summary>\n\n{Head}" : $"\n{Head}");
        var told = 0;
        foreach (var row in groups.Select(group => Row(group, name(group))))
        {
            if (top.Length + row.Length > LongestComment - Below) break;
            top.Append(row);
            told++;
        }

        if (told < groups.Count)
            top.Append(
                $"\n… and {Number.Of(
                    groups.Skip(told).Sum(group => group.Lines.Length))} more, for which a comment has no room: `budgetsync plan` shows all.\n");
        if (rest is not null) top.Append($"\n{Code(rest)}\n");
        if (folded) top.Append("\n</details>\n");
        return top.ToString();
    }

    private static string Row(PlanGroup group, string name)
    {
        var line = group.First;
        var key = Code(group.Title) + (group.Members is { } members ? $"<br>{Code(members)}" : "");
        var words = line.Details.Take(MostWords).Select(Code).ToList();
        if (line.Details.Length > MostWords) words.Add($"… and {Number.Of(line.Details.Length - MostWords)} more");
        return $"| {key} | {Code(name)} | {PlanScreen.Word(line.Change)} | {string.Join("<br>", words)} |\n";
    }

    /// <summary>
    /// A text from outside as code: in a code span there is no HTML, no mention, no link and no other markup. It is fenced by more backticks than stand in it
    /// in a row, and its bars are escaped, since a table is cut into cells before its code is found. Source: GitHub Flavored Markdown, 6.3 and 4.10.
    /// </summary>
    public static string Code(string text)
    {
        var line = CellText.Cut(Printable.Line(text), LongestWord).Trim(' ');
        if (line.Length == 0) return "";
        var (longest, run) = (0, 0);
        foreach (var letter in line)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        var blank = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{fence}{blank}{line.Replace("|", "\\|", StringComparison.Ordinal)}{blank}{fence}";
    }
}
