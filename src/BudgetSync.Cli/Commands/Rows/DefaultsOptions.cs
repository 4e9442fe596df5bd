using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

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

    private readonly Option<decimal?> defaultValue = new("--default-value")
    {
        Description = "The stack's defaultValue: the limit of a COST budget whose rows give no amount (default: none, such a row is rejected)",
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                && amount > 0
                && decimal.Round(amount, 2) == amount)
                return amount;
            result.AddError($"--default-value: \"{text}\" is no amount; give a number above 0 with at most 2 decimals, for example 1000");
            return null;
        },
    };

    private readonly Option<string?> managementAccount;

    /// <param name="ofDeployed">A deployed stack's management account is by default that of the credentials; without one, the local organization's.</param>
    public DefaultsOptions(bool ofDeployed = false)
    {
        managementAccount = new Option<string?>("--management-account")
        {
            Description = ofDeployed ? "The management account's 12 digits (default: the account of the credentials)" : "The management account's 12 digits",
            HelpName = "ID",
        };
        if (!ofDeployed) managementAccount.DefaultValueFactory = _ => LocalOrganization.ManagementAccount.Value;
        managementAccount.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!AccountId.TryParse(text, out _)) result.AddError($"--management-account: \"{text}\" is not an AWS account id; give 12 digits");
        });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(recipient);
        command.Options.Add(budgetName);
        command.Options.Add(defaultValue);
        command.Options.Add(managementAccount);
    }

    public string BudgetName(ParseResult parsed) => parsed.GetRequiredValue(budgetName);

    public ImmutableArray<string> Recipients(ParseResult parsed) =>
        [.. parsed.GetRequiredValue(recipient).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Null where the stack has none.</summary>
    public decimal? DefaultValue(ParseResult parsed) => parsed.GetValue(defaultValue);

    /// <summary>Null where none was given and none is assumed.</summary>
    public AccountId? ManagementAccount(ParseResult parsed) => parsed.GetValue(managementAccount) is { } id ? AccountId.Parse(id) : null;

    public StackDefaults Read(ParseResult parsed) =>
        new(BudgetName(parsed), Recipients(parsed), "aws", ManagementAccount(parsed)) { BudgetValue = DefaultValue(parsed) };
}
