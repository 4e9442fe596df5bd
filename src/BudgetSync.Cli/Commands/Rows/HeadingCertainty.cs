namespace BudgetSync.Cli.Commands.Rows;

/// <summary>How sure a heading must be.</summary>
internal enum HeadingCertainty
{
    /// <summary>It can only mean one attribute.</summary>
    Sure,

    /// <summary>It likely means one (Account, Value): for a command that writes a file for a person to look at, and no table.</summary>
    Guessed,
}
