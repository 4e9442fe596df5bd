using System.CommandLine;
using System.CommandLine.Parsing;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The options of <c>rows set</c> that say what a row shall say.</summary>
internal sealed class SettingOptions
{
    /// <summary>The list without a channel; no channel can be called so where another is named beside it.</summary>
    private const string NoChannel = "none";

    private readonly Option<AmountChange?> value = new("--value")
    {
        Description = "The amount: 1500, or how much more or less: +10%, -50",
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            if (AmountChange.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var change, out var problem)) return change;
            result.AddError($"--value: {problem}");
            return null;
        },
    };

    private readonly Option<string[]> thresholds = new("--threshold")
    {
        Description = "When to tell, in place of what the row says: 80, \"100 FORECASTED\", \"500 ABSOLUTE_VALUE\"; may be given more than once",
        HelpName = "THRESHOLD",
    };

    private readonly Option<string[]> emails = new("--email")
    {
        Description = "Whom to tell, in place of whom the row names; may be given more than "
        + "once",
        HelpName = "ADDRESS"
    };

    private readonly Option<string[]> more = new("--add-email") { Description = "Whom to tell too", HelpName = "ADDRESS" };

    private readonly Option<string[]> fewer = new("--remove-email") { Description = "Whom to tell no longer", HelpName = "ADDRESS" };

    private readonly Option<string[]> notify = new("--notify")
    {
        Description = "Where alerts go: a channel of the deployment, \"pager Critical\" from a severity on; none for no channel; may be given more than once",
        HelpName = "CHANNEL",
    };

    private readonly Option<string?> name = new("--name") { Description = "The budget's name; another name is another budget", HelpName = "NAME" };

    private readonly Option<string?> unit = new("--unit") { Description = "The currency", HelpName = "CODE" };

    private readonly Option<string?> timeUnit = new("--time-unit") { Description = string.Join(", ", Enum.GetNames<TimeUnit>()), HelpName = "PERIOD" };

    /// <summary>A text: an option of true or false leaves any other word after it to the next argument, and "no" would be a scope.</summary>
    private readonly Option<string?> enabled = new("--enabled")
    {
        Description = "false leaves the accounts exactly as they are, until it is true again",
        HelpName = "true|false",
    };

    private readonly Option<string[]> unset = new("--unset")
    {
        Description = "An attribute to take away, so that it is inherited; may be given more than "
        + "once",
        HelpName = "ATTRIBUTE"
    };

    private readonly Option<string[]> attributes = AttributeOption.Create();

    private Option[] All => [value, thresholds, emails, more, fewer, notify, name, unit, timeUnit, enabled, attributes, unset];

    /// <summary>The options that set an attribute by a name of their own, beside which <c>--attribute</c> must not say another thing.</summary>
    private (Option Option, string Attribute)[] Named =>
    [
        (value, "BudgetValue"), (thresholds, "Thresholds"), (emails, "EmailRecipients"), (more, "EmailRecipients"), (fewer, "EmailRecipients"),
        (notify, "Notify"), (name, "BudgetName"), (unit, "Unit"), (timeUnit, "TimeUnit"), (enabled, "Enabled"),
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        timeUnit.AcceptOnlyFromAmong(Enum.GetNames<TimeUnit>());
        enabled.CompletionSources.Add("true", "false");
        enabled.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !bool.TryParse(token.Value, out _)))
                result.AddError($"--enabled: \"{Printable.Key(token.Value)}\" is neither true nor false; give one of the two");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(emails) is not null && (result.GetResult(more) ?? result.GetResult(fewer)) is not null)
                result.AddError("--email: names everybody who is told; give it alone, or --add-email and --remove-email");
            var given = AttributeOption.Read(result.GetValue(attributes) ?? []).Values;
            foreach (var (option, attribute) in Named.Where(named => result.GetResult(named.Option) is not null && given.ContainsKey(named.Attribute)))
                result.AddError($"--attribute {attribute}: {option.Name} sets it too; give one of the two");
            foreach (var attribute in (result.GetValue(unset) ?? []).Select(word => AttributeNames.Meant(word) ?? word).Where(given.ContainsKey))
                result.AddError($"--attribute {attribute}: --unset takes it away; give one of the two");
        });
    }

    public bool IsGiven(CommandResult result) => All.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>What was given of them, each word with a blank before it.</summary>
    public string WordsOf(ParseResult parsed) => OptionWords.Of(parsed, All);

    public RowSetting Read(ParseResult parsed) => new()
    {
        Value = parsed.GetValue(value),
        Thresholds = parsed.GetResult(thresholds) is null ? null : [.. parsed.GetValue(thresholds) ?? []],
        Emails = parsed.GetResult(emails) is null ? null : [.. parsed.GetValue(emails) ?? []],
        MoreEmails = [.. parsed.GetValue(more) ?? []],
        FewerEmails = [.. parsed.GetValue(fewer) ?? []],
        Notify = parsed.GetResult(notify) is null ? null : [.. (parsed.GetValue(notify) ?? []).Where(channel => channel != NoChannel)],
        Name = parsed.GetValue(name),
        Unit = parsed.GetValue(unit),
        TimeUnit = parsed.GetValue(timeUnit),
        Enabled = parsed.GetValue(enabled) is { } word ? bool.Parse(word) : null,
        Attributes = AttributeOption.Read(parsed.GetValue(attributes) ?? []).Values,
        // The name of an attribute in any case is taken: what it takes away is shown before it is done.
        Unset = [.. (parsed.GetValue(unset) ?? []).Select(attribute => AttributeNames.Meant(attribute) ?? attribute)],
    };
}
