using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Stack;

/// <summary>A deployed BudgetSync, as seen by a person with credentials in its management account.</summary>
internal sealed class DeployedStack : IDisposable
{
    private DeployedStack(
        StackSettings settings,
        IReadOnlyDictionary<string, string> environment,
        AccountId account,
        AwsClients clients,
        ConsoleContext terminal)
    {
        Settings = settings;
        Environment = environment;
        Account = account;
        Clients = clients;
        Time = terminal.Time;
        Progress = new Progress(terminal);
        // Nothing that is retried here is ever replayed, so the chance needs no seed.
        Caller = new AwsCaller(Time, new Random(), JsonLog.Silent);
        Budgets = new BudgetsTable(clients.Dynamo, settings.BudgetsTable, Caller);
        Status = new StatusTable(clients.Dynamo, settings.StatusTable, Caller);
        Organization = new OrganizationReader(clients.Organizations, Caller, Time);
        Defaults = new StackDefaults(
            settings.BudgetName,
            settings.EmailRecipients,
            clients.Region.PartitionName,
            settings.ManagementAccount ?? account)
        { BudgetValue = settings.DefaultValue };
    }

    public StackSettings Settings { get; }

    /// <summary>What <see cref="Clients"/> were made of, with a profile's credentials in it where one was named.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The account of the credentials.</summary>
    public AccountId Account { get; }

    public AwsClients Clients { get; }

    public AwsCaller Caller { get; }

    public BudgetsTable Budgets { get; }

    public StatusTable Status { get; }

    public OrganizationReader Organization { get; }

    public StackDefaults Defaults { get; }

    public TimeProvider Time { get; }

    /// <summary>Told by the commands that take long what they are doing.</summary>
    public Progress Progress { get; }

    /// <summary>Asks AWS who we are, which also tells whether there are credentials and an endpoint at all.</summary>
    /// <exception cref="CommandException">There are no credentials, or nobody answers.</exception>
    public static async Task<DeployedStack> ConnectAsync(StackSettings settings, ConsoleContext terminal, CancellationToken cancellation)
    {
        var environment = WithProfile(settings);
        var clients = new AwsClients(environment, null);
        try
        {
            // Not through Caller: a person waits, and an endpoint that nobody listens on will not be there in five tries either.
            var identity = await clients.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation);
            return new DeployedStack(settings, environment, AccountId.Parse(identity.Account), clients, terminal);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
        {
            clients.Dispose();
            var place = environment.TryGetValue("AWS_ENDPOINT_URL", out var url) && url.Length > 0 ? url : $"AWS in {clients.Region.SystemName}";
            throw new CommandException(
                $"{place} does not say who we are: {exception.Message.TrimEnd('.')}. Give credentials (AWS_PROFILE, --profile, AWS_ACCESS_KEY_ID …), or "
                    + $"--local for a running 'budgetsync local'.");
        }
    }

    /// <summary>The organization; where it cannot be read, none, and that is said: rows for OUs then bear on nobody we know.</summary>
    public async Task<OrganizationTree> TreeAsync(ConsoleContext terminal, CancellationToken cancellation)
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

    private static Dictionary<string, string> WithProfile(StackSettings settings)
    {
        var environment = new Dictionary<string, string>(settings.Environment, StringComparer.Ordinal);
        var chain = new CredentialProfileStoreChain();
        var found = chain.TryGetProfile(settings.Profile ?? environment.GetValueOrDefault("AWS_PROFILE") ?? "default", out var profile);
        // The clients read variables only; a region of the configuration files is as good.
        if (found && profile.Region is { } region && !environment.ContainsKey("AWS_DEFAULT_REGION")) environment.TryAdd("AWS_REGION", region.SystemName);
        if (settings.Profile is { } name)
        {
            if (!found || !chain.TryGetAWSCredentials(name, out var credentials))
                throw new CommandException(
                    $"--profile: there is no profile \"{name}\" in the AWS configuration files; 'aws configure list-profiles' lists them.");
            // Fixed now: no command here runs as long as the shortest session lasts.
            var keys = credentials.GetCredentials();
            (
                environment["AWS_ACCESS_KEY_ID"],
                environment["AWS_SECRET_ACCESS_KEY"],
                environment["AWS_SESSION_TOKEN"]) = (keys.AccessKey, keys.SecretKey, keys.Token ?? "");
        }

        return environment;
    }
}
