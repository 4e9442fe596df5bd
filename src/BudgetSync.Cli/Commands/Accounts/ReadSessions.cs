using System.CommandLine;
using System.Globalization;
using Amazon.SecurityToken.Model;
using BudgetSync.Aws;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;

namespace BudgetSync.Cli.Commands.Accounts;

/// <summary>
/// Clients with the credentials of the read role in an account. BudgetSync's own spoke role will not do: it may touch one parameter and nothing else,
/// which is the point of it. The account of the credentials itself is looked into as we are.
/// </summary>
internal sealed class ReadSessions(DeployedStack stack, string roleName, string sessionName = "BudgetSync-drift")
{
    private const int SessionSeconds = 900;

    private readonly AdaptiveRateLimiter pacing = new(Limits.AssumeRolePerSecond, Limits.AssumeRoleBurst, stack.Time);

    /// <summary>The option of every command that looks into accounts.</summary>
    public static Option<string> RoleOption(string description) => new("--read-role")
    {
        Description = description,
        DefaultValueFactory = _ => LocalOrganization.AccessRole,
        HelpName = "NAME",
    };

    public string RoleArn(AccountId account) =>
        string.Create(CultureInfo.InvariantCulture, $"arn:{stack.Defaults.Partition}:iam::{account}:role/{roleName.TrimStart('/')}");

    /// <exception cref="AwsFaultException">The role cannot be assumed.</exception>
    public async Task<AwsClients> OpenAsync(AccountId account, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>(stack.Environment, StringComparer.Ordinal) { ["AWS_REGION"] = stack.Clients.Region.SystemName };
        if (account == stack.Account) return new AwsClients(environment, null);
        var request = new AssumeRoleRequest { RoleArn = RoleArn(account), RoleSessionName = sessionName, DurationSeconds = SessionSeconds };
        var answer = await stack.Caller.CallAsync(
            "sts",
            "AssumeRole",
            async token =>
            {
                await pacing.TurnAsync(token);
                return await stack.Clients.Tokens.AssumeRoleAsync(request, token);
            },
            cancellation);
        environment["AWS_ACCESS_KEY_ID"] = answer.Credentials.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = answer.Credentials.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = answer.Credentials.SessionToken;
        return new AwsClients(environment, null);
    }
}
