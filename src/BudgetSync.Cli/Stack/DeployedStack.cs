using Amazon.Runtime;
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
    /// <summary>How long AWS may take to say who we are: it takes a tenth of a second, and a person waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private DeployedStack(
        StackSettings settings,
        IReadOnlyDictionary<string, string> environment,
        AccountId account,
        AwsClients clients,
        ConsoleContext terminal,
        string place)
    {
        Place = place;
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

    /// <summary>Where the calls go, for people: an endpoint's URL, or AWS and its region.</summary>
    public string Place { get; }

    /// <summary>Asks AWS who we are, which also tells whether there are credentials and an endpoint at all.</summary>
    /// <exception cref="CommandException">There are no credentials, or nobody answers.</exception>
    public static async Task<DeployedStack> ConnectAsync(StackSettings settings, ConsoleContext terminal, CancellationToken cancellation)
    {
        var environment = StackEnvironment.Of(settings);
        var clients = new AwsClients(environment, null);
        var place = environment.TryGetValue("AWS_ENDPOINT_URL", out var url) && url.Length > 0 ? url.TrimEnd('/') : $"AWS in {clients.Region.SystemName}";
        using var patience = new CancellationTokenSource(Patience, terminal.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var progress = new Progress(terminal);
            progress.Now($"asking {place} who we are");
            // Not through Caller: a person waits, and an endpoint that nobody listens on will not be there in five tries either.
            // Off this thread, because looking for credentials (an instance's metadata) blocks.
            var asking = Task.Run(() => clients.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), both.Token), both.Token);
            var identity = await asking.WaitAsync(both.Token);
            if (!AccountId.TryParse(identity.Account, out var account)) throw new AmazonUnmarshallingException("", "", null);
            return new DeployedStack(settings, environment, account, clients, terminal, place);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            clients.Dispose();
            throw new CommandException($"{place} does not say who we are. {CallFailure.Silent(place, Patience)}");
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && CallFailure.Of(exception, place) is { } told)
        {
            clients.Dispose();
            throw new CommandException(settings.Local && CallFailure.NobodyListens(exception)
                ? $"{place} does not say who we are: no 'budgetsync local' listens there. Start one in another terminal, or give the port it printed: "
                    + "--local PORT."
                : $"{place} does not say who we are. {told}");
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
}
