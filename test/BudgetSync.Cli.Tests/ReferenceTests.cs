using System.CommandLine;
using System.Text;
using BudgetSync.Cli.Commands;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

/// <summary>REFERENCE.md is what <c>--help</c> says of every command. <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class ReferenceTests
{
    private static readonly string Page = Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "REFERENCE.md");

    /// <summary>Every command that does something: those without commands of their own, and those that do something besides.</summary>
    private static IEnumerable<(Command Command, string Path)> Leaves(Command command, string path)
    {
        (Command, string)[] itself = command.Subcommands.Count == 0 || (path.Length > 0 && command.Action is not null) ? [(command, path)] : [];
        return itself.Concat(command.Subcommands.SelectMany(inner => Leaves(inner, path.Length == 0 ? inner.Name : $"{path} {inner.Name}")));
    }

    private static Command Root { get; } = CommandLine.Create(new ConsoleContext(TextWriter.Null, TextWriter.Null, Interactive: false));

    [Fact]
    public async Task The_reference_says_what_the_tool_says()
    {
        var page = new StringBuilder("# Reference\n\nWhat `budgetsync COMMAND --help` says, generated from the commands.\n");
        foreach (var (_, path) in Leaves(Root, ""))
        {
            var help = await Tool.RunAsync([.. path.Split(' '), "--help"]);
            var text = string.Join('\n', help.Out.Split('\n').Select(line => line.TrimEnd())).Trim();
            text = text.Replace("  testhost ", "  budgetsync ", StringComparison.Ordinal);
            page.Append($"\n## {path}\n\n```text\n{text}\n```\n");
        }

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(Page, page.ToString());
        Assert.Equal(await File.ReadAllTextAsync(Page), page.ToString());
    }

    [Fact]
    public void Every_command_has_examples_and_each_is_a_line_that_the_tool_takes() => Assert.All(Leaves(Root, ""), leaf =>
    {
        Assert.NotEmpty(CommandExamples.Of(leaf.Command));
        Assert.All(CommandExamples.Of(leaf.Command), line =>
        {
            Assert.StartsWith($"budgetsync {leaf.Path}", line, StringComparison.Ordinal);
            Assert.Empty(Root.Parse(line["budgetsync ".Length..]).Errors.Select(error => $"{line}: {error.Message}"));
        });
    });
}
