using System.CommandLine;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Rows;

/// <summary>The stack settings that a row leans on, as options: what the deployed stack was given should be given here.</summary>
internal sealed class DefaultsOptions
{
    public const string DefaultRecipient = "finops@example.com";
    public const string DefaultBudgetName = "SpokeAccountBudget";

    private readonly Option<string> recipient = new("--email-recipient")
    {
        Description = "The stack's EmailRecipient: who is told where a row names nobody (comma list)",
        DefaultValueFactory = _ => DefaultRecipient,
        HelpName = "ADDRESS",
    };

    private readonly Option<string> budgetName = new("--budget-name")
    {
        Description = "The stack's BudgetName: what a budget is called where a row does not say",
        DefaultValueFactory = _ => DefaultBudgetName,
        HelpName = "NAME",
    };

    private readonly Option<string> managementAccount = new("--management-account")
    {
        Description = "The management account's 12 digits",
        DefaultValueFactory = _ => "999999999999",
        HelpName = "ID",
    };

    public DefaultsOptions() => managementAccount.Validators.Add(result =>
    {
        var text = result.GetValueOrDefault<string>();
        if (!AccountId.TryParse(text, out _)) result.AddError($"--management-account: \"{text}\" is not an AWS account id; give 12 digits");
    });

    public void AddTo(Command command)
    {
        command.Options.Add(recipient);
        command.Options.Add(budgetName);
        command.Options.Add(managementAccount);
    }

    public StackDefaults Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(budgetName),
        [.. parsed.GetRequiredValue(recipient).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        "aws",
        AccountId.Parse(parsed.GetRequiredValue(managementAccount)));
}
