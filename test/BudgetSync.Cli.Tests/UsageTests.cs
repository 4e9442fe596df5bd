namespace BudgetSync.Cli.Tests;

public sealed class UsageTests
{
    private static readonly Dictionary<string, string> Nowhere = new()
    {
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "999999999999",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
    };

    [Theory]
    [InlineData("lcal", "'lcal'", "budgetsync --help")]
    [InlineData("local --port 99999", "--port: 99999 is out of range; give 0 to 65535", "budgetsync local --help")]
    [InlineData("local --port many", "--port: \"many\" is not a whole number; give 0 to 65535", "budgetsync local --help")]
    [InlineData("local --generate 10001", "--generate: 10001", "budgetsync local --help")]
    [InlineData("local --functions lambda", "'in-process'", "budgetsync local --help")]
    [InlineData("local --management-account 12", "--management-account: \"12\"", "budgetsync local --help")]
    [InlineData("rows explain some.csv --account 12", "--account: \"12\" is not an AWS account id; give 12 digits", "budgetsync rows explain --help")]
    [InlineData("local --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync local --help")]
    [InlineData("local --budget-name a:b", "--budget-name: \"a:b\"", "budgetsync local --help")]
    [InlineData("local --budget-name a\"b", "--budget-name: a\"b has a \"", "budgetsync local --help")]
    [InlineData("local --email-recipient \"f\"@example.com", "--email-recipient: \"f\"@example.com has a \"", "budgetsync local --help")]
    [InlineData("rows validate some.csv --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync rows validate --help")]
    [InlineData("status --email-recipient foo", "--email-recipient: \"foo\"", "budgetsync status --help")]
    [InlineData("local --rows some.csv --generate 3", "--generate: makes rows up instead", "budgetsync local --help")]
    [InlineData("local --fault plague", "'throttle'", "budgetsync local --help")]
    [InlineData("local --currency eur", "--currency: \"eur\" is no currency code", "budgetsync local --help")]
    [InlineData("local --without-stack 12", "--without-stack: \"12\"", "budgetsync local --help")]
    [InlineData("status --local many", "--local: \"many\" is not a whole number; give 1 to 65535", "budgetsync status --help")]
    [InlineData("rows validate", "'validate' needs FILE, which is missing.", "budgetsync rows validate --help")]
    [InlineData("ai restore 111122223333 --because x", "'restore' needs BUDGET, which is missing.", "budgetsync ai restore --help")]
    [InlineData("ai restore --because x", "'restore' needs ACCOUNT and BUDGET, which are missing.", "budgetsync ai restore --help")]
    [InlineData("rows check some.csv", "'check'", "budgetsync rows --help")]
    public async Task A_wrong_command_line_names_what_is_wrong_and_where_the_help_is(string arguments, string named, string help)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains(help, run.Error, StringComparison.Ordinal);
    }

    // Found by a newcomer: a slip wrote a file called --xlsx, and named accounts and ports.
    [Theory]
    [InlineData("rows export --xlsx", "no option --xlsx; did you mean --format xlsx?")]
    [InlineData("ai approve 111111111101 pool/x --because --local 4915", "--because has no text: --local stands where it should.")]
    [InlineData("rows export --overwite", "no option --overwite; did you mean --overwrite?")]
    [InlineData("rows export rows.csv --overwite", "no option --overwite; did you mean --overwrite?")]
    [InlineData("rows init --valeu", "no option --valeu; did you mean --value?")]
    [InlineData("rows init --valeu=5", "no option --valeu; did you mean --value?")]
    [InlineData("status --jsno", "no option --jsno; did you mean --json?")]
    [InlineData("status --lcoal", "no option --lcoal; did you mean --local?")]
    [InlineData("status --local --sate Blocked", "no option --sate; did you mean --state?")]
    [InlineData("rows set 111122223333 --value 5 --because --yse", "no option --yse.")]
    [InlineData("status --everything-else", "no option --everything-else.")]
    [InlineData("arm --batch", "no option --batch; did you mean --this-batch?")]
    [InlineData("stop-all --yes", "no option --yes: 'stop-all' does not ask.")]
    // What was given to the group would be read as if it were not there: the whole queue, or another stack.
    [InlineData("alerts 111122223333 redrive", "111122223333 is for 'alerts', and 'alerts redrive' takes none; leave it out.")]
    [InlineData("alerts --local 4711 redrive", "--local stands before 'redrive', where it is not read; write it behind: 'alerts redrive --local'.")]
    [InlineData("alerts --json redrive", "--json is for 'alerts', and 'alerts redrive' takes none; leave it out.")]
    public async Task A_word_that_looks_like_an_option_is_no_file_and_no_value(string arguments, string named)
    {
        var run = await Tool.RunAsync(Nowhere, arguments.Split(' '));
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"budgetsync: {named}", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("--help' for what it takes.\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows validate -- --rows.csv")]
    [InlineData("rows validate ./--rows.csv")]
    public async Task A_file_that_begins_with_two_dashes_can_still_be_named(string arguments)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("--rows.csv: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_behind_an_equals_sign_may_begin_with_two_dashes() =>
        Assert.NotEqual(ExitCode.Usage, (await Tool.RunAsync(Nowhere, "rows", "set", "111122223333", "--value", "5", "--because=--urgent")).ExitCode);

    [Theory]
    [InlineData("statsu", "no command 'statsu'; did you mean 'status'?")]
    [InlineData("rows improt rows.csv", "no command 'improt'; did you mean 'import'?")]
    [InlineData("rows lst --local 4711", "no command 'lst'; did you mean 'list'?")]
    [InlineData("imprt rows.csv", "no command 'imprt'; did you mean 'rows import'?")]
    public async Task A_mistyped_command_is_told_the_nearest(string arguments, string meant)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(meant, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_after_enabled_is_its_value_and_no_scope()
    {
        var run = await Tool.RunAsync("rows", "set", "111122223333", "--enabled", "no");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("budgetsync: --enabled: \"no\" is neither true nor false", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("scope", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rows")]
    public async Task No_command_at_all_is_answered_with_the_help_as_an_error(string arguments)
    {
        var run = await Tool.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains("Commands:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_command_and_the_exit_codes()
    {
        var run = await Tool.RunAsync("--help");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Same("help.txt", run.Out.Replace("testhost", "budgetsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_of_rows_lists_its_commands()
    {
        var run = await Tool.RunAsync("rows", "--help");
        Golden.Same("help-rows.txt", run.Out.Replace("testhost", "budgetsync", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("get")]
    [InlineData("set")]
    [InlineData("delete")]
    [InlineData("export")]
    [InlineData("import")]
    [InlineData("undo")]
    [InlineData("resume")]
    [InlineData("init")]
    [InlineData("validate")]
    [InlineData("fix")]
    [InlineData("explain")]
    [InlineData("schema")]
    public async Task Help_of_each_command_of_rows_ends_with_examples_that_the_tool_understands(string name)
    {
        var help = await Tool.RunAsync("rows", name, "--help");
        Assert.Equal(ExitCode.Done, help.ExitCode);
        var examples = help.Out.Split('\n')
            .SkipWhile(line => !line.StartsWith("Example", StringComparison.Ordinal))
            .Skip(1)
            .Where(line => line.Length > 0)
            .ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  budgetsync rows {name}", example, StringComparison.Ordinal));
        foreach (var example in examples)
        {
            var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example.Trim()).Skip(1).ToArray();
            // Nobody listens there, so none comes far; but no word of it is misunderstood.
            Assert.NotEqual(ExitCode.Usage, (await Tool.RunAsync(Nowhere, words)).ExitCode);
        }
    }

    [Theory]
    [InlineData("status --endpoint-url http://127.0.0.1:1 --region us-east-1")]
    public async Task An_error_is_folded_between_words_where_the_screen_is_narrow(string arguments)
    {
        var whole = await Tool.RunAsync(Nowhere, arguments.Split(' '));
        var run = await Tool.RunAsync(terminal => terminal with { Environment = Nowhere, Width = 60 }, arguments.Split(' '));
        Assert.All(run.Error.Split('\n'), line => Assert.True(line.Length <= 60, line));
        Assert.True(run.Error.Split('\n').Length > 2, run.Error);
        string[] words = whole.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(words, run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("rows sett 111122223333 --value 5 --because a-reason-that-is-not-short-at-all")]
    [InlineData("status --statee Rejected --endpoint-url http://127.0.0.1:1 --region us-east-1")]
    [InlineData("alerts 111122223333 redrive")]
    [InlineData("local --ai --once --empty --fault throttle --generate 5")]
    [InlineData("local --responses --once --days 5 --seconds 5")]
    [InlineData("rows validate FILE")]
    [InlineData("rows explain FILE")]
    public async Task What_is_wrong_with_a_command_and_what_is_said_beside_its_results_fit_the_screen(string arguments)
    {
        using var file = new RowsOnDisk(
            """[{"AccountId":"111122223333","BudgetValue":5,"Notify":["finops"]},{"AccountId":"ou-ab12-11111111","BudgetValue":7}]""");
        var words = arguments.Split(' ').Select(word => word == "FILE" ? file.Path : word).ToArray();
        var run = await Tool.RunAsync(terminal => terminal with { Environment = Nowhere, Width = 80 }, words);
        Assert.NotEqual("", run.Error);
        ViewTests.Fits(arguments, run, 80);
        var whole = await Tool.RunAsync(Nowhere, words);
        Assert.Equal(
            whole.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_account_without_a_row_cannot_be_left_without_a_stack()
    {
        var run = await Tool.RunAsync("local", "--once", "--without-stack", "333333333333");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("budgetsync: --without-stack: no row is for the account 333333333333", run.Error, StringComparison.Ordinal);
    }
}
