using System.CommandLine;
using System.Globalization;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Stack;

/// <summary>The options of every command that talks to a deployed stack. The stack says itself what it was given, so most calls need none of them.</summary>
internal sealed class StackOptions
{
    private readonly Option<int?> local = WholeNumberOption.Create(
        "--local",
        1,
        65535,
        $"Talk to a running 'budgetsync local' on this port ({LocalOrganization.DefaultPort} where none is given); needs no credentials",
        alone: LocalOrganization.DefaultPort);

    private readonly Option<string?> endpoint = new("--endpoint-url")
    {
        Description = "Send every call there instead of to AWS (or AWS_ENDPOINT_URL)",
        HelpName = "URL"
    };

    private readonly Option<string?> region = new("--region")
    {
        Description = "The stack's home region (or AWS_REGION, or the profile's)",
        HelpName = "REGION"
    };

    private readonly Option<string?> profile = new("--profile")
    {
        Description = "Take credentials of this profile (or AWS_PROFILE); by default the AWS SDK's ordinary chain",
        HelpName = "NAME"
    };

    private readonly Option<string?> budgetsTable = Named("--budgets-table", "The table with the rows");

    private readonly Option<string?> statusTable = Named("--status-table", "The table with every account's status");

    private readonly Option<string?> parameterName = Named("--parameter-name", "The parameter in each account");

    private readonly DefaultsOptions defaults = new(ofDeployed: true);

    public StackOptions()
    {
        endpoint.Validators.Add(result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                result.AddError($"--endpoint-url: \"{text}\" is not a URL; give one like http://127.0.0.1:{LocalOrganization.DefaultPort}");
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { local, endpoint, region, profile, budgetsTable, statusTable, parameterName }) command.Options.Add(option);
        defaults.AddTo(command);
    }

    public StackSettings Read(ParseResult parsed, ConsoleContext terminal)
    {
        var environment = new Dictionary<string, string>(terminal.Environment, StringComparer.Ordinal);
        if (parsed.GetValue(local) is { } port)
        {
            environment["AWS_ENDPOINT_URL"] = LocalAddress(port);
            environment["AWS_REGION"] = "us-east-1";
            environment["AWS_ACCESS_KEY_ID"] = (defaults.ManagementAccount(parsed) ?? LocalOrganization.ManagementAccount).Value;
            environment["AWS_SECRET_ACCESS_KEY"] = "local";
            environment.Remove("AWS_SESSION_TOKEN");
        }

        if (parsed.GetValue(endpoint) is { } url) environment["AWS_ENDPOINT_URL"] = url;
        if (parsed.GetValue(region) is { } name) environment["AWS_REGION"] = name;
        return new StackSettings(
            environment,
            parsed.GetValue(local) is not null,
            parsed.GetValue(profile),
            parsed.GetValue(budgetsTable),
            parsed.GetValue(statusTable),
            parsed.GetValue(parameterName),
            defaults.BudgetName(parsed),
            defaults.Recipients(parsed),
            defaults.DefaultValue(parsed),
            defaults.Currencies(parsed),
            defaults.ManagementAccount(parsed));
    }

    /// <summary>Those of a command's words that say which stack it talks to, for the next command; each with a blank before it.</summary>
    public static string WordsOf(ParseResult parsed)
    {
        var options = new StackOptions();
        var command = new Command("any");
        options.AddTo(command);
        return OptionWords.Of(parsed, command.Options);
    }

    /// <summary>Whether a stack may be the one that a command's words name, without a call: where they name none, every stack may be.</summary>
    /// <param name="endpoint">Where its calls went; "" is AWS, null is not known.</param>
    public static bool MayName(ParseResult parsed, string table, string region, string? endpoint)
    {
        var named = parsed.GetValue<int?>("--local") is { } port ? LocalAddress(port) : parsed.GetValue<string?>("--endpoint-url");
        return (named is null || endpoint is null || endpoint == named.TrimEnd('/'))
            && (parsed.GetValue<string?>("--region") is not { } place || place == region)
            && (parsed.GetValue<string?>("--budgets-table") is not { } of || of == table);
    }

    private static string LocalAddress(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static Option<string?> Named(string name, string description) =>
        new(name) { Description = $"{description} (default: what the stack says)", HelpName = "NAME" };
}
