using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>What <c>budgetsync local</c> was asked to do.</summary>
/// <param name="RowsFile">Null is the example that comes with the tool.</param>
/// <param name="Generate">How many rows to make up instead of reading a file; 0 reads the file.</param>
/// <param name="Port">0 is any free one; null leaves it to the run.</param>
/// <param name="Processes">True: the functions run as processes of their own. False: in this one.</param>
/// <param name="WithoutStack">Accounts that get no spoke stack, to see what becomes of their rows.</param>
internal sealed record LocalSettings(
    string? RowsFile,
    int Generate,
    int? Port,
    bool Once,
    bool Json,
    bool Processes,
    IReadOnlyList<string> WithoutStack,
    StackDefaults Defaults)
{
    /// <summary>True: the accounts are there and their rows are not.</summary>
    public bool Empty { get; init; }

    /// <summary>True: one row has a budget action, and where it stands is told.</summary>
    public bool BudgetActions { get; init; }

    /// <summary>True: there are channels, and what they get is printed.</summary>
    public bool Channels { get; init; }

    /// <summary>True: there are responses, and what they can stop.</summary>
    public bool Responses { get; init; }

    /// <summary>What is deployed for that.</summary>
    public LocalFeature Feature => (Channels ? LocalFeature.Channels : LocalFeature.None) | (Responses ? LocalFeature.Responses : LocalFeature.None);

    /// <summary>The file for what channels got; null: none.</summary>
    public string? Inbox { get; init; }

    /// <summary>A team that calls models is played, and nothing else; null: it is not.</summary>
    public ModelsSettings? Models { get; init; }

    /// <summary>Null: time passes as it does.</summary>
    public LapseSettings? Lapse { get; init; }

    /// <summary>What goes wrong while the rows travel.</summary>
    public IReadOnlyList<LocalFault> Faults { get; init; } = [];

    /// <summary>In which all accounts are billed.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The options give it a default, so it is always there.</summary>
    public AccountId ManagementAccount => Defaults.ManagementAccount ?? throw new InvalidOperationException("The defaults name no management account.");
}
