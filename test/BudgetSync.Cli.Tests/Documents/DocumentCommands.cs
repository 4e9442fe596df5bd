using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>The commands that the documents name, each once, and where it stands.</summary>
internal static partial class DocumentCommands
{
    /// <summary>Whose commands are run word for word elsewhere, in order, each a process of its own: ReadmeTests, StoryTests, LocalResponsesTests.</summary>
    private const string Elsewhere = "dotnet run ";

    public static IReadOnlyList<DocumentCommand> All { get; } = Find();

    private static IReadOnlyList<DocumentCommand> Find()
    {
        var root = CommandLine.Create(new ConsoleContext(TextWriter.Null, TextWriter.Null, Interactive: false));
        return
        [
            .. Pages().SelectMany(page => Command().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, page)))
                    .Where(match => !match.Value.TrimStart('`', ' ').StartsWith(Elsewhere, StringComparison.Ordinal))
                    .Select(match => (Page: page, Line: match.Groups["line"].Value.Replace("FILE…", "FILE", StringComparison.Ordinal).Trim())))
                .Where(found => !IsName(found.Line, root.Parse(CommandLineParser.SplitCommandLine(found.Line).ToArray())))
                .GroupBy(found => found.Line, (line, found) => new DocumentCommand(line, [.. found.Select(one => one.Page).Distinct()]))
                .OrderBy(command => command.Line, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"));

    /// <summary>A command is named and not shown: no argument is given, and it cannot do without. DocumentTests asks for its help.</summary>
    private static bool IsName(string line, ParseResult parsed) =>
        OnlyWords().IsMatch(line)
            && (parsed.Errors.Count > 0 || parsed.CommandResult.Command.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues > 0));

    [GeneratedRegex("^[a-z]+(?:-[a-z]+)?(?: [a-z]+)*$")]
    private static partial Regex OnlyWords();

    /// <summary>In a code span, or a line of its own in a block; what explains it there stands two spaces or more behind it.</summary>
    [GeneratedRegex(
        @"(?:`|^ *)(?:budgetsync|dotnet run --project src/BudgetSync\.Cli --) (?<line>[a-z](?:(?!  |\[options\]|`).)*)(?=`|  |$)",
        RegexOptions.Multiline)]
    private static partial Regex Command();
}

/// <param name="Line">Without the tool's own name.</param>
internal sealed record DocumentCommand(string Line, IReadOnlyList<string> Pages)
{
    public override string ToString() => $"{Line} ({string.Join(", ", Pages)})";
}
