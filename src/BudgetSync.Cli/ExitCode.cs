namespace BudgetSync.Cli;

/// <summary>What the process answers to its shell. Documented in the README and in the help text.</summary>
internal static class ExitCode
{
    /// <summary>Done, or everything in sync.</summary>
    public const int Done = 0;

    /// <summary>Something failed, or a row was rejected.</summary>
    public const int Failed = 1;

    /// <summary>Changes or drift were found.</summary>
    public const int Differences = 2;

    /// <summary>Some accounts could not be looked at.</summary>
    public const int Unchecked = 3;

    /// <summary>The command line itself is wrong (sysexits EX_USAGE).</summary>
    public const int Usage = 64;
}
