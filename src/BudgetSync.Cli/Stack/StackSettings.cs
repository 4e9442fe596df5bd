using System.Collections.Immutable;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>Which deployed BudgetSync a command talks to, and what options say of it over what its stack says itself; null: they do not.</summary>
/// <param name="Environment">AWS_REGION, AWS_ACCESS_KEY_ID and its companions, AWS_ENDPOINT_URL: the process's own, and what options put over them.</param>
/// <param name="Local">A 'budgetsync local' on this machine was asked for.</param>
/// <param name="Profile">A profile of the AWS configuration files; null is the ordinary chain of credentials.</param>
internal sealed record StackSettings(
    IReadOnlyDictionary<string, string> Environment,
    bool Local,
    string? Profile,
    string? BudgetsTable,
    string? StatusTable,
    string? ParameterName,
    string? BudgetName,
    ImmutableArray<string>? EmailRecipients,
    decimal? DefaultValue,
    ImmutableArray<string>? Currencies,
    AccountId? ManagementAccount);
