using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Cli.Stack;

/// <summary>
/// An organization on this machine with BudgetSync deployed into it: the management stack, and by its stack set a spoke stack in every account.
/// </summary>
internal sealed class LocalOrganization : IAsyncDisposable
{
    /// <summary>The port that local AWS tools have in common.</summary>
    public const int DefaultPort = 4566;

    public const string BudgetsTable = "BudgetSync-Budgets";
    public const string StatusTable = "BudgetSync-Status";
    public const string HistoryTable = "BudgetSync-History";

    /// <summary>In each spoke that meters models.</summary>
    public const string AiTable = "BudgetSync-Ai";

    /// <summary>The bus of the management account, in every deployment.</summary>
    public const string EventBus = "BudgetSync";
    public const string ParameterName = "/BudgetSync/Budgets";

    /// <summary>The role that AWS Organizations makes in each account it creates.</summary>
    public const string AccessRole = "OrganizationAccountAccessRole";
    private const string SpokeTemplateUrl = "https://local-artifacts.s3.amazonaws.com/spoke.template.json";
    private const string SpokeStack = "BudgetSync-Spoke";

    /// <summary>The local organization's management account, where no other is asked for.</summary>
    public static AccountId ManagementAccount { get; } = AccountId.Parse("999999999999");

    private LocalOrganization(LocalCloud cloud, StackDefaults defaults) => (Cloud, Defaults) = (cloud, defaults);

    public LocalCloud Cloud { get; }

    public StackDefaults Defaults { get; }

    /// <summary>Makes the accounts and deploys the stacks.</summary>
    /// <param name="accounts">
    /// 12 digits each; the management account may be among them and gets its spoke stack directly, since stack sets never reach it.
    /// </param>
    /// <param name="withoutStack">Those of them that stay in an OU the stack set does not target.</param>
    /// <param name="useCode">Registers the two executables' code with the cloud.</param>
    /// <exception cref="StackException">A template cannot be deployed: a bug of ours.</exception>
    public static async Task<LocalOrganization> CreateAsync(
        LocalCloud cloud,
        StackDefaults defaults,
        IReadOnlyCollection<string> accounts,
        IReadOnlyCollection<string> withoutStack,
        Action<LocalCloud> useCode,
        LocalFeature feature = LocalFeature.None)
    {
        var management = cloud.Options.ManagementAccountId;
        var members = cloud.Organizations.AddOrganizationalUnit(BudgetSync.LocalAws.Organizations.OrganizationsService.RootId, "Members");
        var bare = cloud.Organizations.AddOrganizationalUnit(BudgetSync.LocalAws.Organizations.OrganizationsService.RootId, "WithoutStack");
        foreach (var account in accounts.Where(account => account != management))
        {
            cloud.Organizations.AddAccount(account, $"account-{account}", withoutStack.Contains(account) ? bare : members);
            cloud.Iam.PutRole(
                account,
                new RoleDefinition(AccessRole, AccessTrust(management)) { ManagedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"] });
        }

        useCode(cloud);
        var channels = feature.HasFlag(LocalFeature.Channels);
        var (tables, hub, spoke) = feature switch
        {
            LocalFeature.Channels => (LocalTemplates.TablesWithLedger, LocalTemplates.ManagementWithChannels, LocalTemplates.Spoke),
            LocalFeature.Responses => (LocalTemplates.TablesWithLedger, LocalTemplates.ManagementWithResponses, LocalTemplates.SpokeThatStops),
            LocalFeature.ChannelsAndResponses =>
                (LocalTemplates.TablesWithLedger, LocalTemplates.ManagementWithChannelsAndResponses, LocalTemplates.SpokeThatStops),
            LocalFeature.Ai => (LocalTemplates.TablesWithLedger, LocalTemplates.ManagementWithAi, LocalTemplates.SpokeThatMeters),
            LocalFeature.None => (LocalTemplates.Tables, LocalTemplates.Management, LocalTemplates.Spoke),
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "There is no template of these together."),
        };
        cloud.CloudFormation.UploadedTemplates[SpokeTemplateUrl] = spoke;
        var common = new Dictionary<string, string>
        {
            ["OrganizationId"] = cloud.Options.OrganizationId,
            ["EmailRecipient"] = string.Join(",", defaults.EmailRecipients),
            ["BudgetName"] = defaults.BudgetName,
            ["Currencies"] = string.Join(",", defaults.Currencies),
        };
        var code = new Dictionary<string, string> { ["CodeBucket"] = "local-artifacts", ["CodeKey"] = "code.zip" };
        if (channels) LocalSecrets.PutInto(cloud);
        await cloud.CloudFormation.DeployAsync(management, "BudgetSync-Tables", tables, new Dictionary<string, string>());
        await cloud.CloudFormation.DeployAsync(
            management,
            "BudgetSync-Management",
            hub,
            new Dictionary<string, string>([.. common, .. code])
            {
                ["DefaultValue"] = defaults.BudgetValue?.ToString(CultureInfo.InvariantCulture) ?? "",
            });
        if (channels) LocalSubscribers.Confirm(cloud);
        await cloud.CloudFormation.DeployAsync(management, "BudgetSync-Rollout", LocalTemplates.Rollout, new Dictionary<string, string>(common)
        {
            ["BudgetActions"] = "Enabled",
            ["TargetOrganizationalUnitIds"] = members,
            ["SpokeTemplateUrl"] = SpokeTemplateUrl,
            ["SpokeCodeBucket"] = "local-artifacts",
            ["SpokeCodeKey"] = "code.zip",
        });
        if (accounts.Contains(management) && !withoutStack.Contains(management))
        {
            await cloud.CloudFormation.DeployAsync(management, SpokeStack, spoke, new Dictionary<string, string>([.. common, .. code])
            {
                ["BudgetActions"] = "Enabled",
                ["ManagementAccountId"] = management,
                ["HomeRegion"] = cloud.Options.Region,
            });
        }

        return new LocalOrganization(cloud, defaults);
    }

    /// <summary>How many of the accounts have the stack that the stack set gives them, while they are deployed.</summary>
    public static int Deployed(LocalCloud cloud, IEnumerable<string> accounts) =>
        accounts.Count(account => cloud.CloudFormation.Find(account, cloud.Options.Region, $"StackSet-{SpokeStack}") is not null);

    /// <summary>Runs both executables' code in this process.</summary>
    public static void UseCodeInProcess(LocalCloud cloud)
    {
        cloud.Lambda.RegisterInProcess("BudgetSync.Management", environment =>
        {
            var function = ManagementFunction.Create(
                environment.Variables,
                environment.CreateHandler(),
                environment.Time,
                NewRandom(environment),
                new FunctionLogStream(environment));
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), context.Killed);
        });
        cloud.Lambda.RegisterInProcess("BudgetSync.Spoke", environment =>
        {
            var function = SpokeFunction.Create(
                environment.Variables,
                environment.CreateHandler(),
                environment.Time,
                NewRandom(environment),
                new FunctionLogStream(environment));
            return (payload, context) => function.InvokeAsync(payload, context.Deadline - environment.Time.GetUtcNow(), context.Killed);
        });
    }

    private static PolicyDocument AccessTrust(string management) => PolicyDocument.Parse(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{management}}:root"},"Action":"sts:AssumeRole"}]}""");

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    // The environment's id is the same in every run with the same calls, and so is what its seed gives.
    private static Random NewRandom(FunctionEnvironment environment) => new(environment.Id.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
}
