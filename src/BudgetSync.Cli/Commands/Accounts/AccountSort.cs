namespace BudgetSync.Cli.Commands.Accounts;

/// <summary>By what accounts are sorted.</summary>
internal enum AccountOrder
{
    /// <summary>By id.</summary>
    Account,

    /// <summary>By the name that the organization gives it; capitals do not count.</summary>
    Name,

    /// <summary>By state, what needs attention first.</summary>
    State,

    /// <summary>By what is spent, the most first; only where a command tells of money.</summary>
    Spent,

    /// <summary>By the part of the limit that is spent, the largest first; only where a command tells of money.</summary>
    Percent,
}

/// <summary>An order, or its reverse. Accounts that are alike in it are in order of id.</summary>
internal sealed record AccountSort(AccountOrder By, bool Backwards);

/// <summary>For whom it is printed.</summary>
internal enum PrintForm
{
    /// <summary>For a person.</summary>
    Text,

    /// <summary>For a program.</summary>
    Json,

    /// <summary>For a spreadsheet.</summary>
    Csv,
}
