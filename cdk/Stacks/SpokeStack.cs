using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Spoke;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// What every member account gets: a role that lets the management account write one SSM parameter, and a function
/// that makes the account's budgets equal to it and reports back.
/// </summary>
/// <remarks>
/// The template does not create the parameter itself. If it did, the next update of the stack would put the
/// template's value back over the one that Propagate wrote, and drift detection would call every budget drift. The
/// name is reserved by policy: only the spoke role and Apply are given that one name. Apply treats a missing
/// parameter as "nothing asked yet".
/// </remarks>
internal sealed class SpokeStack : ReadableStack
{
    /// <param name="codeFolder">The published code of Apply, for CDK to upload; null makes the portable template, which asks for bucket and key.</param>
    public SpokeStack(Construct scope, string id, Settings settings, string? codeFolder) : base(scope, id, new StackProps
    {
        Description = "BudgetSync spoke: keeps the AWS Budgets of this account equal to what the management account asks for",
        Synthesizer = Synthesis.For(portable: codeFolder is null),
        AnalyticsReporting = false,
        Env = codeFolder is null ? null : new Amazon.CDK.Environment { Region = settings.HomeRegion },
    })
    {
        var values = new DeploymentValues(this, portable: codeFolder is null);
        var given = SpokeValues.Take(values, settings);
        var code = codeFolder is null ? PortableCode.Take(this) : FunctionCode.FromFolder(this, "Code", codeFolder);

        SupportedPartition.Require(this);
        HomeRegionOnly.Require(this, given.HomeRegion);
        var spokeRole = new SpokeRole(this, settings, given).Role;
        var actions = new ActionRole(this, "Action", settings, given, values);
        var alerts = new AlertTopic(this, "Alerts", given, values);
        var restrictions = settings.Respond ? new SpokeRestrictions(this, "Restrictions", settings) : null;
        var apply = new ApplyFunction(this, "Apply", settings, given, alerts, restrictions, code);
        var alertPath = alerts.Calls(apply.Function);
        var actionPermission = actions.MayBeGivenAwayBy(apply.Function);
        var reports = new ForwardReports(this, "ForwardReports", settings, given, apply);
        var removal = new Removal(this, apply, reports.Rule, spokeRole).Resource;
        // When the stack goes, Apply and its rules go first: alive, they would make again what the removal has just removed.
        apply.Function.StandsOn(removal);
        var lifting = restrictions?.AreLiftedBy(apply);
        var changed = new ParameterChanged(this, given, apply);
        // The looks' rule comes after the first apply; by its name the queue need not wait for it.
        apply.Undeliverable.TakeFromRules(changed.Change.Arn, changed.Daily.Arn, reports.RuleArn, Looks.RuleArn);
        var first = new FirstApply(this, given, apply, code, actionPermission, alertPath, spokeRole, apply.AsyncConfig, reports.Rule, changed.Change);
        // The first apply may restrict already; and a policy must be there when it is attached.
        if (lifting is not null) first.ComesAfter(lifting);
        Looks.Schedule(this, apply, first);
        if (settings.Ai) _ = new ModelMeter(this, "Ai", settings, given, code);
    }
}
