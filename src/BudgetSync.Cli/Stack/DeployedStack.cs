using System.Collections.Immutable;
using Amazon.SecurityToken.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;

namespace BudgetSync.Cli.Stack;

/// <summary>A deployed BudgetSync, as seen by a person with credentials in its management account.</summary>
internal sealed class DeployedStack(StackConnection connection, StackSettings given, ConsoleContext terminal) : IDisposable
{
    /// <summary>What to say to whoever asks something of responses where there are none.</summary>
    public const string NoResponses = "responses are off in this deployment; its setting respond turns them on (cdk/README.md).";

    /// <summary>What to say to whoever asks something of budgets of models where none are metered.</summary>
    public const string NoModels = "models are not metered in this deployment; its setting ai turns that on (cdk/README.md).";

    /// <summary>What to say to whoever asks for what only the organization's policies do, where there are none.</summary>
    public const string NoControls =
        "the organization's policies for responses are off in this deployment; its setting controlPolicies turns them on (cdk/README.md).";

    public const string LedgerTableName = "BudgetSync-Ledger";

    private readonly DeployedSettings? said = connection.Settings;

    /// <summary>What <see cref="Clients"/> were made of, with a profile's credentials in it where one was named.</summary>
    public IReadOnlyDictionary<string, string> Environment => connection.Environment;

    /// <summary>The account of the credentials.</summary>
    public AccountId Account => connection.Account;

    public AwsClients Clients => connection.Clients;

    public AwsCaller Caller => connection.Caller;

    /// <summary>Where the calls go, for people: an endpoint's URL, or AWS and its region.</summary>
    public string Place => connection.Place;

    /// <summary>The address that calls go to instead of AWS; "" for AWS.</summary>
    public string Endpoint => (Environment.GetValueOrDefault("AWS_ENDPOINT_URL") ?? "").TrimEnd('/');

    public string BudgetsTableName => given.BudgetsTable ?? said?.BudgetsTable ?? LocalOrganization.BudgetsTable;

    public string StatusTableName => given.StatusTable ?? said?.StatusTable ?? LocalOrganization.StatusTable;

    public string HistoryTableName => said?.HistoryTable ?? LocalOrganization.HistoryTable;

    public string ParameterName => given.ParameterName ?? said?.ParameterName ?? LocalOrganization.ParameterName;

    public BudgetsTable Budgets => new(Clients.Dynamo, BudgetsTableName, Caller);

    public StatusTable Status => new(Clients.Dynamo, StatusTableName, Caller);

    public HistoryTable History => new(Clients.Dynamo, HistoryTableName, Caller);

    /// <summary>The topics of the deployment's channels.</summary>
    public TopicPublisher Topics => new(Clients.OwnTopics, $"arn:{Clients.Region.PartitionName}:sns:{Clients.Region.SystemName}:{Account}:", Caller);

    /// <summary>What was told to channels, decided and edited; there only where alerts or responses are on.</summary>
    public LedgerTable Ledger => new(Clients.Dynamo, LedgerTableName, Caller);

    /// <summary>True where the stack says that it has one: it comes with alerts, as channels do, and with responses.</summary>
    public bool HasLedger => said is { Channels: not null } or { Respond: true };

    public OrganizationReader Organization { get; } = new(connection.Clients.Organizations, connection.Caller, terminal.Time);

    public TimeProvider Time => terminal.Time;

    /// <summary>Told by the commands that take long what they are doing.</summary>
    public Progress Progress { get; } = new(terminal);

    /// <summary>Which stack this is, in a line for people.</summary>
    public string Introduction => string.Concat(
        $"Stack of account {Account} in {Clients.Region.SystemName}",
        Endpoint.Length > 0 ? $" at {Place}" : "",
        said is not null ? $", settings version {Number.Of(said.Version)}." : $", settings unknown: {connection.WhyUnknown}.");

    /// <summary>
    /// Where what a deployment always has is missing: that the account is the wrong one, as far as can be told. Null where the account has a stack.
    /// </summary>
    public string? WrongAccount => said is not null ? null
        : $"account {Account} has no BudgetSync in {Clients.Region.SystemName} ({connection.WhyUnknown}): give credentials of the management account "
            + "(--profile, AWS_PROFILE), or the --region it is deployed in";

    /// <summary>What the functions go by where a row leaves something out: as the stack says it, with options over that.</summary>
    /// <exception cref="CommandException">The stack does not say it, and options do not either: what they would be is not guessed.</exception>
    public StackDefaults Defaults
    {
        get
        {
            if ((given.BudgetName ?? said?.BudgetName) is { } name && (given.EmailRecipients ?? said?.EmailRecipients) is { } recipients)
                return new StackDefaults(name, recipients, Clients.Region.PartitionName, given.ManagementAccount ?? said?.ManagementAccount ?? Account)
                {
                    HubAccount = Account,
                    BudgetValue = given.DefaultValue ?? said?.DefaultValue,
                    Currencies = given.Currencies ?? said?.Currencies ?? ["USD"],
                    Channels = Channels,
                    // A deployment without a list judges no name of one.
                    PolicyLists = said?.DenyLists is { } lists ? new EquatableArray<string>(lists) : null,
                    Responses = said?.Responses,
                };
            throw new CommandException(
                $"what the stack was deployed with is not known ({connection.WhyUnknown}), and rows mean nothing without it. This is account "
                    + $"{Account} in {Clients.Region.SystemName}: where the stack is another account's, or in another region, give that account's "
                    + "credentials or --region; else deploy the management stack again, or give --email-recipient and --budget-name, and --default-value and "
                    + $"--parameter-name where the stack has other than none and {LocalOrganization.ParameterName}.",
                ExitCode.Usage);
        }
    }

    /// <summary>Where states of spending begin; the defaults where the stack says nothing.</summary>
    public SpendBounds SpendBounds => said?.SpendBounds ?? SpendBounds.Default;

    /// <summary>True where the stack says what it was deployed with.</summary>
    public bool SaysSettings => said is not null;

    /// <summary>The names of the stack's channels; null where alerts are off, or the stack says nothing.</summary>
    public ImmutableArray<string>? ChannelNames => said?.Channels;

    /// <summary>False where the stack says that it has no responses; null where it says nothing at all.</summary>
    public bool? Responds => said?.Respond;

    /// <summary>False where the stack says that the organization has no policies for responses; null where it does not say.</summary>
    public bool? HasControls => said?.Responses?.ControlPolicies;

    /// <summary>False where the stack says that its spokes meter no models; null where it says nothing at all.</summary>
    public bool? MetersModels => said?.Ai;

    /// <summary>The stack's channels: none where it says nothing of them, not known where it says nothing at all.</summary>
    private EquatableArray<string>? Channels => said is null ? null : new EquatableArray<string>(said.Channels ?? []);

    /// <exception cref="CommandException">There are no credentials, or no answer.</exception>
    public static async Task<DeployedStack> ConnectAsync(StackSettings settings, ConsoleContext terminal, CancellationToken cancellation) =>
        new(await StackConnection.OpenAsync(settings, terminal, cancellation), settings, terminal);

    /// <summary>The ARN of the caller, as STS says it.</summary>
    public async Task<string> CallerArnAsync(CancellationToken cancellation) => (await Caller.CallAsync(
        "sts",
        "GetCallerIdentity",
        token => Clients.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token),
        cancellation)).Arn;

    /// <summary>True where the account has a table of rows.</summary>
    public async Task<bool> HasRowsAsync(CancellationToken cancellation)
    {
        try
        {
            await Budgets.ReadAsync("default", cancellation);
            return true;
        }
        catch (AwsFaultException refused) when (refused.Fault.IsMissingTable)
        {
            return false;
        }
    }

    /// <summary>The organization; where it cannot be read, none, and that is said: rows for OUs then bear on no account we know.</summary>
    public async Task<OrganizationTree> TreeAsync(CancellationToken cancellation)
    {
        try
        {
            return await Organization.TreeAsync(cancellation, fresh: true);
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Blocked)
        {
            await terminal.Error.WriteLineAsync($"The organization cannot be read, so only accounts with a row or a status are known: {refused.Fault.Reason}");
            return OrganizationTree.None;
        }
    }

    public void Dispose()
    {
        Progress.Dispose();
        Clients.Dispose();
    }
}
