using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A deployment that meters models, with a team that calls them: two users, an API key, a role and a person of IAM Identity Center.</summary>
internal sealed class FeatureTeam(DeployedOrganization organization) : IAsyncDisposable
{
    public const string Alice = "user/alice";
    public const string Bob = "user/bob";
    public const string Key = "BedrockAPIKey-ab12";
    public const string Role = "role/DataScience";
    public const string Person = "person/alice@example.com";
    private const string Account = DeployedOrganization.Spoke;
    private const string PermissionSetRole = "AWSReservedSSO_Developer_0123456789abcdef";

    private static readonly PolicyDocument Models = PolicyDocument.Parse(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");

    private static readonly PolicyDocument Trust = PolicyDocument.Parse(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""");

    private readonly Dictionary<string, (Caller Caller, string? KeyId)> callers = new(StringComparer.Ordinal);

    public DeployedOrganization Organization => organization;

    /// <param name="ai">The row's attribute Ai.</param>
    /// <param name="at">When it is deployed; null: where the clock stands.</param>
    /// <param name="isCapped">With the hub's part of models: channels, responses and the organization's policies.</param>
    /// <param name="templates">Of a deployment that is not; null: whose hub knows nothing of models.</param>
    public static async Task<FeatureTeam> DeployAsync(string ai, DateTimeOffset? at = null, bool isCapped = false, Templates? templates = null)
    {
        DeployedOrganization organization;
        if (isCapped)
        {
            organization = await ControlledOrganization.DeployAsync("[]", Templates.WithCappedAi);
        }
        else
        {
            organization = new DeployedOrganization(templates ?? Templates.WithAi);
            if (at is { } start) organization.Clock.AdvanceTo(start);
            await MeteringSpoke.DeployAsync(organization);
        }

        var team = new FeatureTeam(organization);
        team.Join();
        await team.EditAsync(ai, isCapped ? """ "Notify":"operations", """ : "");
        await team.PassAsync(TimeSpan.FromMinutes(1));
        return team;
    }

    public async Task EditAsync(string ai, string more = "")
    {
        await organization.PutRowAsync($$"""{"AccountId":"{{Account}}","BudgetValue":100,{{more}}"Ai":{{ai}} }""");
        await organization.RunAsync();
    }

    public Task PassAsync(TimeSpan time) => organization.PassAsync(time);

    /// <summary>A million tokens in are $0.80; a record has a thousand million at most.</summary>
    public async Task SpendAsync(string principal, decimal dollars)
    {
        // Time stands still while this cloud works: of two reports of one instant the hub keeps the first.
        await PassAsync(TimeSpan.FromSeconds(1));
        var (caller, key) = callers[principal];
        for (var left = (long)(dollars / 0.8m * 1_000_000); left > 0; left -= TokenCount.Maximum)
        {
            await organization.Cloud.Bedrock.InvokeAsync(
                new ModelCall(caller, MeteringSpoke.Model, Math.Min(left, TokenCount.Maximum), 0) { ApiKeyId = key });
        }

        await organization.RunAsync();
    }

    public bool MayCall(string principal)
    {
        var (caller, key) = callers[principal];
        return organization.Cloud.Iam.IsAllowed(caller, new IamRequest("bedrock:InvokeModel", "*"))
            && (key is null || organization.Cloud.Iam.FindCredential(Account, key)?.Status == "Active");
    }

    /// <summary>Where a budget stands, as the hub was told.</summary>
    public async Task<AiLine> LineAsync(string subject) =>
        Assert.Single((await ForgedReports.RowAsync(organization)).Ai!.Lines, line => line.Subject.Key == subject); // It has told.

    public async Task<string> StateAsync(string subject) => (await LineAsync(subject)).State.Name;

    /// <summary>Permission sets refer to the stack's policy no more, as the documents have it before that goes.</summary>
    public void Unrefer()
    {
        if (organization.Cloud.Iam.FindRole(Account, PermissionSetRole) is { } set)
            organization.Cloud.Iam.PutRole(Account, set.Definition with { ManagedPolicyArns = [] });
    }

    public ValueTask DisposeAsync() => organization.DisposeAsync();

    /// <summary>Somebody whom no row names.</summary>
    public void Join(string user)
    {
        var arn = organization.Cloud.Iam.PutUser(Account, user, Models).Arn;
        callers[$"user/{user}"] = (new Caller(Account, arn, arn), null);
    }

    private void Join()
    {
        var iam = organization.Cloud.Iam;
        foreach (var name in new[] { "alice", "bob" }) Join(name);
        var robot = iam.PutUser(Account, Key, Models);
        callers[Key] = (new Caller(Account, robot.Arn, robot.Arn), iam.CreateCredential(robot).Id);
        var role = iam.PutRole(Account, Definition("DataScience"));
        callers[Role] = (new Caller(Account, role.Arn, $"arn:aws:sts::{Account}:assumed-role/DataScience/notebook"), null);
        var set = iam.PutRole(Account, Definition(PermissionSetRole) with
        {
            Path = "/aws-reserved/sso.amazonaws.com/",
            ManagedPolicyArns = [$"arn:aws:iam::{Account}:policy/BudgetSync/AiSuspendedPeople"],
        });
        callers[Person] = (new Caller(Account, set.Arn, $"arn:aws:sts::{Account}:assumed-role/{PermissionSetRole}/alice@example.com"), null);
    }

    private static RoleDefinition Definition(string name)
    {
        var definition = new RoleDefinition(name, Trust);
        return definition with { Inline = definition.Inline.Add("Models", Models) };
    }
}
