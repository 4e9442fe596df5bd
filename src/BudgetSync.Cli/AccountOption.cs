using System.CommandLine;
using BudgetSync.Core;

namespace BudgetSync.Cli;

/// <summary>The option <c>--account</c>: 12 digits, or a sentence that says so.</summary>
internal static class AccountOption
{
    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--account") { Description = description, HelpName = "ID" };
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!AccountId.TryParse(text, out _)) result.AddError($"--account: \"{text}\" is not an AWS account id; give 12 digits");
        });
        return option;
    }

    /// <summary>Null where it was not given.</summary>
    public static AccountId? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } id ? AccountId.Parse(id) : null;
}
