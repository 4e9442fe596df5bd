namespace BudgetSync.Cli;

/// <summary>A command cannot go on, and it is not a bug: the message names the thing, the place and the way out, and is all that a person is shown.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>What the process answers: <see cref="BudgetSync.Cli.ExitCode.Usage"/> where the command line itself is wrong.</summary>
    public int ExitCode { get; } = exitCode;
}
