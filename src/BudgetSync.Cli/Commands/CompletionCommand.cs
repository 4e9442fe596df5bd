using System.CommandLine;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands;

/// <summary>
/// <c>budgetsync completion SHELL</c>: a script by which the shell asks the tool itself what may come next, so that it never knows less than the tool. The
/// asking is System.CommandLine's own directive <c>[suggest:POSITION]</c>.
/// </summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(ConsoleContext terminal)
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = $"One of {string.Join(", ", Shells)}. In ~/.bashrc: source <(budgetsync completion bash); in ~/.zshrc the same with zsh; for fish "
                + "into ~/.config/fish/completions/budgetsync.fish; in PowerShell: budgetsync completion pwsh | Out-String | Invoke-Expression",
        };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command(
            "completion",
            "Print a script that completes commands and options in your shell")
        {
            shell,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await terminal.Out.WriteAsync(ScriptOf(parsed.GetRequiredValue(shell)).AsMemory(), cancellation);
            return ExitCode.Done;
        });
        return command.WithExamples("budgetsync completion bash", "budgetsync completion fish");
    }

    private static string ScriptOf(string shell) => shell switch
    {
        // COMPREPLY of what begins as the word under the cursor does; files where the tool knows nothing.
        "bash" => """
            _budgetsync() {
              local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
              COMPREPLY=( $(compgen -W "$(budgetsync "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${word}") )
            }
            complete -o default -F _budgetsync budgetsync

            """,
        "zsh" => """
            _budgetsync() {
              local -a words_found
              words_found=("${(@f)$(budgetsync "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              if [[ -n "${words_found[1]}" ]]; then compadd -a words_found; else _files; fi
            }
            compdef _budgetsync budgetsync

            """,
        "fish" => """
            complete -c budgetsync -a '(budgetsync "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

            """,
        "pwsh" => """
            Register-ArgumentCompleter -Native -CommandName budgetsync -ScriptBlock {
              param($word, $line, $position)
              budgetsync "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
        _ => throw new InvalidOperationException($"{shell} is none of {string.Join(", ", Shells)}."),
    };
}
