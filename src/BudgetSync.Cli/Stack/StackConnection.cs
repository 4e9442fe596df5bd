using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;

namespace BudgetSync.Cli.Stack;

/// <summary>Clients that answer, the account they are of, and what the stack there says of itself.</summary>
/// <param name="Environment">What <paramref name="Clients"/> were made of, with a profile's credentials in it where one was named.</param>
/// <param name="Place">Where the calls go, for people: an endpoint's URL, or AWS and its region.</param>
/// <param name="Account">The account of the credentials.</param>
/// <param name="Settings">Null where the stack does not say what it was deployed with: <paramref name="WhyUnknown"/>.</param>
internal sealed record StackConnection(
    IReadOnlyDictionary<string, string> Environment,
    AwsClients Clients,
    AwsCaller Caller,
    string Place,
    AccountId Account,
    DeployedSettings? Settings,
    string WhyUnknown)
{
    /// <summary>Accounts looked into at once: a laptop is no Lambda function, and no caller waits at the other end.</summary>
    public const int AccountsInFlight = 16;

    /// <summary>How long AWS may take to say who we are: it takes a tenth of a second, and a person waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks AWS who we are, which also tells whether there are credentials and an endpoint at all; then reads the stack's settings.</summary>
    /// <exception cref="CommandException">There are no credentials, or no answer.</exception>
    public static async Task<StackConnection> OpenAsync(StackSettings settings, ConsoleContext terminal, CancellationToken cancellation)
    {
        var environment = StackEnvironment.Of(settings);
        var clients = new AwsClients(environment, null);
        try
        {
            var place = PlaceOf(environment, clients.Region.SystemName);
            using var progress = new Progress(terminal);
            progress.Now($"asking {place} who we are");
            var account = await WhoAmIAsync(clients, place, settings.Local, terminal.Time, cancellation);
            progress.Now($"reading what the stack of {account} was deployed with");
            // Nothing that is retried here is ever replayed, so the chance needs no seed.
            var caller = new AwsCaller(terminal.Time, new Random(), JsonLog.Silent);
            var (said, why) = await SettingsAsync(clients, caller, place, account, cancellation);
            return new StackConnection(environment, clients, caller, place, account, said, why);
        }
        catch
        {
            clients.Dispose();
            throw;
        }
    }

    private static async Task<AccountId> WhoAmIAsync(AwsClients clients, string place, bool local, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            // Not through Caller: a person waits, and an endpoint on which nothing listens will not be there in five tries either.
            // Off this thread, because looking for credentials (an instance's metadata) blocks.
            var asking = Task.Run(() => clients.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), both.Token), both.Token);
            var identity = await asking.WaitAsync(both.Token);
            return AccountId.TryParse(identity.Account, out var account) ? account : throw new AmazonUnmarshallingException("", "", null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw WhoAreWe(place, CallFailure.Silent(place, Patience));
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && CallFailure.HasNoCredentials(exception))
        {
            throw new CommandException(CallFailure.NoCredentials);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && CallFailure.Of(exception, place) is { } told)
        {
            throw WhoAreWe(place, local && CallFailure.IsRefused(exception)
                ? $"{place}: no 'budgetsync local' listens there. Start one in another terminal, or give the port it printed: --local PORT."
                : told);
        }
    }

    /// <param name="told">What begins with the place, which is not named twice.</param>
    private static CommandException WhoAreWe(string place, string told) =>
        new(told.StartsWith($"{place}: ", StringComparison.Ordinal) ? $"{place} does not say who we are{told[place.Length..]}" : told);

    /// <summary>Whoever gave no region may not know that there is a default, and looks for tables where none are.</summary>
    private static string PlaceOf(IReadOnlyDictionary<string, string> environment, string region)
    {
        if (environment.GetValueOrDefault("AWS_ENDPOINT_URL") is { Length: > 0 } url) return url.TrimEnd('/');
        var given = StackEnvironment.RegionVariables.Any(name => environment.GetValueOrDefault(name) is { Length: > 0 });
        return given ? $"AWS in {region}" : $"AWS in {region} (the default, because no region is given)";
    }

    private static async Task<(DeployedSettings? Settings, string WhyUnknown)> SettingsAsync(
        AwsClients clients,
        AwsCaller caller,
        string place,
        AccountId account,
        CancellationToken cancellation)
    {
        try
        {
            if (await ParameterReader.ReadAsync(clients.OwnSystems, DeployedSettings.Parameter, caller, cancellation) is not { } parameter)
                return (null, $"there is no parameter {DeployedSettings.Parameter}, so the stack is elsewhere, or older than this tool");
            return DeployedSettings.Parse(parameter.Text, parameter.Version) is { } settings
                ? (settings, "")
                : (null, $"the parameter {DeployedSettings.Parameter} cannot be read as settings");
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Blocked)
        {
            return (null, $"the parameter {DeployedSettings.Parameter} may not be read: {refused.Fault.Reason.TrimEnd('.')}");
        }
        catch (AwsFaultException refused)
        {
            throw new CommandException(CallFailure.Of(refused.Fault, place, account, LocalOrganization.BudgetsTable));
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && CallFailure.Of(exception, place) is { } told)
        {
            throw new CommandException(told);
        }
    }
}
