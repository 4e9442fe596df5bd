using System.CommandLine;
using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Stack;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The options of <c>budgetsync local</c>.</summary>
internal sealed class LocalOptions
{
    /// <summary>AWS Organizations' own largest size (facts: 10,000 on request).</summary>
    private const int MaximumGenerated = 10_000;

    private readonly Option<string?> rows = new("--rows")
    {
        Description = "Rows to start with: CSV with attribute names as headers, .xlsx, JSON, JSON Lines, YAML, or what 'aws dynamodb scan' prints (default: an "
            + "example organization of 12 accounts)",
        HelpName = "FILE"
    };

    private readonly Option<int?> generate =
        WholeNumberOption.Create("--generate", 0, MaximumGenerated, $"Start with this many made-up rows instead, up to {MaximumGenerated}");

    private readonly Option<int?> port =
        WholeNumberOption.Create(
            "--port",
            0,
            65535,
            $"The loopback port to listen on, {LocalOrganization.DefaultPort} by default; 0 takes any free one. With --ai: stay up on it, with a role and a "
                + "key suspended and a user that waits for approval");

    private readonly Option<bool> once = new("--once") { Description = "End when all has settled: exit 0, or 1 if a row was rejected" };

    private readonly Option<bool> json = new("--json") { Description = "Print an array with one object per account instead of the table" };

    private readonly Option<string> functions = new("--functions")
    {
        Description = "Where the functions run: in-process, or process for the published executables over the Lambda Runtime API",
        DefaultValueFactory = _ => "in-process",
        HelpName = "MODE"
    };

    private readonly Option<bool> empty = new("--empty") { Description = "Start with the accounts of the rows and an empty table" };

    private readonly Option<string[]> fault = new("--fault")
    {
        Description = "Let AWS have a bad day: " + string.Join("; ", LocalFault.All.Select(fault => $"{fault.Name}, {fault.Description}")),
        HelpName = "KIND"
    };

    private readonly Option<string> currency = new("--currency")
    {
        Description = "The currency in which the accounts are billed, the only unit their COST budgets may have",
        DefaultValueFactory = _ => "USD",
        HelpName = "CODE"
    };

    private readonly Option<string[]> withoutStack = new("--without-stack")
    {
        Description = "An account that gets no spoke stack, to see its row Blocked; may be given more than once",
        HelpName = "ID"
    };

    private readonly Option<bool> budgetActions = new("--budget-actions")
    {
        Description = "Give one row a budget action, and tell where it stands once its account has spent",
    };

    private readonly Option<bool> channels = new("--channels")
    {
        Description = "Deploy with a channel of every kind that ends here, and print each message that arrives",
    };

    private readonly Option<string?> inbox = new("--inbox")
    {
        Description = "With --channels, and --once or --time-lapse: write the messages that channels got as a page when the run ends",
        HelpName = "FILE",
    };

    private readonly Option<bool> ai = new("--ai")
    {
        Description = "Play a team that spends too much on models of Bedrock: it is warned, suspended and given back, by a person and by midnight; "
            + "ends by itself, unless --port is given",
    };

    private readonly Option<bool> responses = new("--responses")
    {
        Description = "Deploy with responses; an instance and an auto scaling group run in each account, and rows stop them when its budget is over "
            + "(STOP_ALL), unless the rows say otherwise. Stays up, and waits for 'budgetsync approve' (CONFIRM); with --time-lapse nobody is asked (ARMED), "
            + "two days after the first stop somebody snoozes that account, and all of it comes back",
    };

    private readonly LapseOptions lapse = new();

    private readonly DefaultsOptions defaults = new();

    public LocalOptions()
    {
        functions.AcceptOnlyFromAmong("in-process", "process");
        AccountOption.Check(withoutStack);
        fault.AcceptOnlyFromAmong([.. LocalFault.All.Select(known => known.Name)]);
        currency.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (text is not { Length: 3 } || !text.All(char.IsAsciiLetterUpper))
                result.AddError($"--currency: \"{text}\" is no currency code; give one like USD or EUR");
        });
    }

    public void AddTo(Command command)
    {
        Option[] own = [rows, generate, empty, port, once, json, functions, withoutStack, fault, currency, budgetActions, channels, inbox, responses];
        foreach (var option in own.Append(ai)) command.Options.Add(option);
        lapse.AddTo(command, [port, once, empty, functions], ai);
        defaults.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(ai) is not { Implicit: false }) return;
            if (result.GetResult(rows) is { Implicit: false })
                result.AddError("--rows: --ai has rows of its own; give --port with it, and then 'budgetsync rows import FILE --local PORT'");
            foreach (var option in own.Where(option => option != json && option != port && option != rows && result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name}: --ai plays a team of its own in this process and ends by itself; leave it out");
            if (lapse.IsOn(result)) result.AddError("--time-lapse: --ai plays an hour of its own; give one of the two");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(rows) is not null && result.GetResult(generate) is not null)
                result.AddError("--generate: makes rows up instead of reading those of --rows; give one of the two");
            if (result.GetResult(inbox) is not null && !result.GetValue(channels))
                result.AddError("--inbox: holds what channels got, and there are none without --channels; give that too");
            if (result.GetResult(inbox) is not null && !result.GetValue(once) && !lapse.IsOn(result))
                result.AddError("--inbox: is written when a run ends by itself; give --once or --time-lapse too, or open /_local/inbox");
            if (result.GetValue(responses) && result.GetValue(once))
                result.AddError("--responses: nobody could approve anything in a run that ends by itself; leave --once out, or give --time-lapse instead");
        });
    }

    public LocalSettings Read(ParseResult parsed) => new(
        parsed.GetValue(rows),
        parsed.GetValue(generate) ?? 0,
        parsed.GetValue(port),
        parsed.GetValue(once),
        parsed.GetValue(json),
        parsed.GetValue(functions) == "process",
        parsed.GetValue(withoutStack) ?? [],
        // What the accounts are billed in is what the stack takes, unless it is told otherwise.
        defaults.Read(parsed) with { Currencies = defaults.Currencies(parsed) ?? [parsed.GetRequiredValue(currency)] })
    {
        Empty = parsed.GetValue(empty),
        Faults = [.. (parsed.GetValue(fault) ?? []).Select(name => LocalFault.All.Single(known => known.Name == name))],
        Currency = parsed.GetRequiredValue(currency),
        Lapse = lapse.Read(parsed),
        Models = parsed.GetValue(ai) ? new ModelsSettings(lapse.Seconds(parsed) ?? ModelsSettings.DefaultSeconds) : null,
        BudgetActions = parsed.GetValue(budgetActions),
        Channels = parsed.GetValue(channels),
        Inbox = parsed.GetValue(inbox),
        Responses = parsed.GetValue(responses),
    };
}
