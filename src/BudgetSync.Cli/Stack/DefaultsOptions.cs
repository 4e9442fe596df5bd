using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Stack;

/// <summary>The stack settings that a row leans on, as options: what the deployed stack was given should be given here.</summary>
internal sealed partial class DefaultsOptions
{
    public const string DefaultRecipient = "finops@example.com";
    public const string DefaultBudgetName = "SpokeAccountBudget";

    private readonly Option<string?> recipient = new("--email-recipient")
    {
        Description = "The stack's EmailRecipient: who is told where a row names no recipient (comma list)",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> budgetName = new("--budget-name")
    {
        Description = "The stack's BudgetName: what a budget is called where a row does not say",
        HelpName = "NAME",
    };

    private readonly Option<decimal?> defaultValue = new("--default-value")
    {
        Description = "The stack's defaultValue: the limit of a COST budget whose rows give no amount",
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

    private readonly Option<string?> currencies = new("--currencies")
    {
        Description = "The stack's currencies: what its accounts are billed in (comma list); the first is that of a row that gives none",
        HelpName = "CODES",
    };

    private readonly Option<string?> managementAccount;
    private readonly Option<string>? partition;

    /// <param name="ofDeployed">A deployed stack's management account is by default that of the credentials; without one, the local organization's.</param>
    /// <param name="offline">No AWS says in which partition the rows are: an option does.</param>
    public DefaultsOptions(bool ofDeployed = false, bool offline = false)
    {
        managementAccount = new Option<string?>("--management-account")
        {
            Description = ofDeployed ? "The management account's 12 digits (default: what the stack says)" : "The management account's 12 digits",
            HelpName = "ID",
        };
        if (ofDeployed)
        {
            foreach (var option in new Option[] { recipient, budgetName, defaultValue }) option.Description += " (default: what the stack says)";
        }
        else
        {
            recipient.DefaultValueFactory = _ => DefaultRecipient;
            budgetName.DefaultValueFactory = _ => DefaultBudgetName;
            defaultValue.Description += " (default: none, such a row is rejected)";
        }

        if (!ofDeployed) managementAccount.DefaultValueFactory = _ => LocalOrganization.ManagementAccount.Value;
        AccountOption.Check(managementAccount);
        // The rules of rows judge the settings too, so that what a stack would refuse is refused here, before anything is deployed or read.
        currencies.Validators.Add(result => Judge(result, "--currencies", Valid with { Currencies = Items(result.GetValueOrDefault<string>()) }));
        recipient.Validators.Add(result => Judge(result, "--email-recipient", Valid with { EmailRecipients = Items(result.GetValueOrDefault<string>()) }));
        budgetName.Validators.Add(result => Judge(result, "--budget-name", Valid with { BudgetName = result.GetValueOrDefault<string>() ?? "" }));
        foreach (var option in new[] { recipient, budgetName }) option.Validators.Add(RefuseQuotes);
        if (!offline) return;
        partition = new Option<string>("--partition")
        {
            Description = "The AWS partition the rows are for: aws, aws-cn, aws-us-gov, …",
            DefaultValueFactory = _ => Valid.Partition,
            HelpName = "NAME",
        };
        partition.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (text is null || !PartitionName().IsMatch(text))
                result.AddError($"--partition: \"{text}\" is no partition; give one like aws, aws-cn, aws-us-gov");
        });
    }

    private static StackDefaults Valid { get; } = new(DefaultBudgetName, [DefaultRecipient], "aws", null);

    public void AddTo(Command command)
    {
        command.Options.Add(recipient);
        command.Options.Add(budgetName);
        command.Options.Add(defaultValue);
        command.Options.Add(currencies);
        command.Options.Add(managementAccount);
        if (partition is not null) command.Options.Add(partition);
    }

    /// <summary>Null where none was given and none is assumed, as with the others.</summary>
    public string? BudgetName(ParseResult parsed) => parsed.GetValue(budgetName);

    public ImmutableArray<string>? Recipients(ParseResult parsed) => parsed.GetValue(recipient) is { } list ? Items(list) : null;

    public decimal? DefaultValue(ParseResult parsed) => parsed.GetValue(defaultValue);

    public ImmutableArray<string>? Currencies(ParseResult parsed) => parsed.GetValue(currencies) is { } list ? Items(list) : null;

    public AccountId? ManagementAccount(ParseResult parsed) => parsed.GetValue(managementAccount) is { } id ? AccountId.Parse(id) : null;

    public StackDefaults Read(ParseResult parsed) =>
        new(
            BudgetName(parsed) ?? DefaultBudgetName,
            Recipients(parsed) ?? [DefaultRecipient],
            partition is null ? Valid.Partition : parsed.GetRequiredValue(partition),
            ManagementAccount(parsed))
        {
            BudgetValue = DefaultValue(parsed),
            Currencies = Currencies(parsed) ?? Valid.Currencies,
        };

    private static ImmutableArray<string> Items(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static void Judge(OptionResult result, string option, StackDefaults defaults)
    {
        foreach (var problem in defaults.Problems()) result.AddError($"{option}: {problem[(problem.IndexOf(": ", StringComparison.Ordinal) + 2)..]}");
    }

    /// <summary>As the templates do: CloudFormation puts a setting into the JSON of the parameter /BudgetSync/Stack as it is.</summary>
    private static void RefuseQuotes(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } text && text.AsSpan().ContainsAny('"', '\\'))
            result.AddError($"{result.Option.Name}: {text} has a \" or a \\, which the stack refuses; leave it out");
    }

    [GeneratedRegex(@"\Aaws(-[a-z]+)*\z")]
    private static partial Regex PartitionName();
}
