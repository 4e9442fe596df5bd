using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

public sealed class CellTextTests
{
    private static readonly string[] Letters = ["a", "bc", " ", "  ", "é", "日", "😀", "-"];

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("  - one two three", 9, "  - one|    two|    three")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("日本日本", 4, "日本|日本")]
    [InlineData("short", 80, "short")]
    [InlineData("one two", 3, "one|two")]
    public void A_line_is_broken_between_words_and_a_word_only_where_it_is_wider_than_a_line(string text, int width, string lines) =>
        Assert.Equal(lines.Split('|'), CellText.Fold(text, width, text.StartsWith(' ') ? 4 : 0));

    [Theory]
    [InlineData("see 'budgetsync rows get 1' for more", 26, "see|'budgetsync rows get 1'|for more")]
    [InlineData("it is 'budgetsync rows get 111122223333' here", 20, "it is|'budgetsync rows get 111122223333'|here")]
    [InlineData("'aws sns subscribe --topic-arn ARN', and confirm", 20, "'aws sns subscribe --topic-arn ARN',|and confirm")]
    public void A_command_that_a_sentence_quotes_is_never_broken(string text, int width, string lines) =>
        Assert.Equal(lines.Split('|'), CellText.Fold(text, width));

    [Theory]
    [InlineData(20, "To undo this:|  budgetsync rows undo /a/file --local|  and more")]
    [InlineData(60, "To undo this: budgetsync rows undo /a/file --local and more")]
    [InlineData(int.MaxValue, "To undo this: budgetsync rows undo /a/file --local and more")]
    public void A_command_to_be_copied_is_never_broken_and_stands_alone_where_it_has_no_room(int width, string lines) => Assert.Equal(
        lines.Split('|'),
        CellText.Fold($"To undo this: {PastedCommand.Mark("budgetsync rows undo /a/file --local")} and more", width, indent: 2));

    [Fact]
    public void Any_text_is_folded_into_lines_that_fit_and_loses_only_blanks()
    {
        var random = new Random(7);
        for (var run = 0; run < 300; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 120)).Select(_ => Letters[random.Next(Letters.Length)]));
            var width = random.Next(3, 30);
            var lines = CellText.Fold(text, width, indent: random.Next(0, 8));
            Assert.All(lines, line => Assert.InRange(CellText.Width(line), 0, width));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Colours_are_drawn_on_a_terminal_only_and_not_where_NO_COLOR_says_so()
    {
        var terminal = new ConsoleContext(TextWriter.Null, TextWriter.Null, Interactive: true);
        Assert.True(terminal.Colours);
        Assert.True((terminal with { Environment = new Dictionary<string, string> { ["NO_COLOR"] = "" } }).Colours);
        Assert.False((terminal with { Environment = new Dictionary<string, string> { ["NO_COLOR"] = "1" } }).Colours);
        Assert.False((terminal with { Interactive = false }).Colours);
    }
}
