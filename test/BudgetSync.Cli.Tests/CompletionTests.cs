using System.Diagnostics;

using BudgetSync.Cli.Commands;
namespace BudgetSync.Cli.Tests;

public sealed class CompletionTests
{
    /// <summary>
    /// In a real bash, as it calls a completion function: COMP_LINE, COMP_POINT and COMP_WORDS (bash reference manual, "Programmable Completion").
    /// A machine without bash fails here: nothing else shows that the script works.
    /// </summary>
    [Theory]
    [InlineData("budgetsync sta", "status")]
    [InlineData("budgetsync rows va", "validate")]
    [InlineData("budgetsync status --js", "--json")]
    [InlineData("budgetsync completion f", "fish")]
    [InlineData("budgetsync status --sort sp", "spent")]
    [InlineData("budgetsync status --state Unco", "Uncovered")]
    public async Task Bash_completes_what_the_tool_knows(string line, string completed)
    {
        var script = $$"""
            budgetsync() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "budgetsync.dll")}}" "$@"; }
            source <(budgetsync completion bash)
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _budgetsync; printf '%s\n' "${COMPREPLY[@]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(await output == completed + "\n", $"{await output}\n{await error}");
    }

    [Fact]
    public async Task Nothing_of_another_systems_shell_is_offered()
    {
        var root = CommandLine.Create(new(TextWriter.Null, TextWriter.Null, Interactive: false));
        var offered = root.Parse("status ").GetCompletions().Select(completion => completion.Label).ToList();
        Assert.Contains("--help", offered);
        Assert.Empty(offered.Intersect(["/?", "/h", "-?"]));
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("status", "-h")).ExitCode);
    }

    /// <summary>Shells that a build machine has not: what they run is read, not run.</summary>
    [Theory]
    [InlineData("zsh", "compdef _budgetsync budgetsync")]
    [InlineData("fish", "complete -c budgetsync")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName budgetsync")]
    public async Task Every_shell_gets_a_script_that_asks_the_tool(string shell, string registers)
    {
        var run = await Tool.RunAsync("completion", shell);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(registers, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_refused_with_those_that_are()
    {
        var run = await Tool.RunAsync("completion", "csh");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("bash", run.Error, StringComparison.Ordinal);
    }
}
