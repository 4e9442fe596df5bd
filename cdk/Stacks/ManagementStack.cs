using Amazon.CDK;
using BudgetSync.Cdk.Channels;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Management;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// The centre: what brings the rows of the budgets table into the accounts, takes their reports and repairs what was
/// lost. It lives in the organization's management account or in a delegated administrator's.
/// </summary>
internal sealed class ManagementStack : ReadableStack
{
    /// <param name="codeFolder">The published functions, for CDK to upload; null makes the portable template, which asks for bucket and key.</param>
    public ManagementStack(Construct scope, string id, Settings settings, string? codeFolder) : base(scope, id, new StackProps
    {
        Description = "BudgetSync management: keeps the AWS Budgets of every account of an organization equal to one table",
        Synthesizer = Synthesis.For(portable: codeFolder is null),
        AnalyticsReporting = false,
        // With the account named, CDK refuses to deploy into another one.
        Env = codeFolder is null ? null : new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        var given = ManagementValues.Take(this, new DeploymentValues(this, portable: codeFolder is null), settings);
        var code = codeFolder is null ? PortableCode.Take(this) : FunctionCode.FromFolder(this, "Code", codeFolder);

        SupportedPartition.Require(this);
        var bus = new ReportBus(this, "Reporting", given.OrganizationId);
        // Hidden for as long as Reconcile may run with what it has taken.
        var parkedEdits = new DeadLetterQueue(this, "ParkedEdits", $"{Names.Propagate}-DeadLetters", visibilitySeconds: 900);
        var undeliverable = new DeadLetterQueue(this, "Undeliverable", $"{Names.Prefix}-Events-DeadLetters");
        var alerts = settings.Channels is { } channels ? new ChannelDelivery(this, "Alerts", channels, bus, settings.KmsKeyArn) : null;
        var functions = new ManagementFunctions(this, settings, given, bus, parkedEdits, undeliverable, alerts, code);
        StackSettingsParameter.Add(this, given, settings);
        EditStream.Feed(this, functions.Propagate, parkedEdits);
        parkedEdits.TakeFromRules();
        _ = new Triggers(this, settings, functions, bus, undeliverable);
        var operations = new Operations(this, "Operations", settings, functions, parkedEdits, undeliverable);
        if (alerts is not null) operations.Watch(alerts.Undelivered);
        Dashboard.Show(this, functions, parkedEdits, undeliverable);
    }
}
