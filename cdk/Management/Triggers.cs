using Amazon.CDK;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>What calls Collect, Reconcile, Notify and Respond.</summary>
internal sealed class Triggers
{
    public Triggers(Stack stack, Settings settings, ManagementFunctions functions, ReportBus bus, DeadLetterQueue undeliverable)
    {
        var reports = new RuleToFunction(
            stack, "Reports", "Hands the spokes' reports to Collect", functions.Collect, undeliverable,
            pattern: new Dictionary<string, object>
            {
                ["source"] = new[] { Names.DestinationSource },
                ["detail-type"] = Names.DestinationDetailTypes,
            },
            bus: bus.Name);
        var hourly = new RuleToFunction(
            stack, "Hourly", "Compares every account with its rows, whatever was lost or changed by hand", functions.Reconcile, undeliverable,
            schedule: "rate(1 hour)");
        var enrolment = new RuleToFunction(
            stack, "Enrolment", "Gives an account its budgets as soon as it joins the organization or moves within it", functions.Reconcile, undeliverable,
            pattern: EnrolmentPattern());
        var deployed = new RuleToFunction(
            stack,
            "SpokeDeployed",
            "Gives an account the edits that came before its spoke, as soon as Collect hears of the spoke",
            functions.Reconcile,
            undeliverable,
            pattern: new Dictionary<string, object>
            {
                ["source"] = new[] { Names.OwnSource },
                ["detail-type"] = new[] { OwnEvents.SpokeDeployed },
            },
            bus: bus.Name,
            // The detail is the request that Reconcile takes: this account, now.
            inputPath: "$.detail");
        undeliverable.TakeFromRules(
            [
                reports.Arn, hourly.Arn, enrolment.Arn, deployed.Arn,
                .. functions.Notify is { } notify ? OfAlerts(stack, settings, notify, bus, undeliverable) : [],
                .. settings.Anomalies && functions.Notify is { } told
                    ? new CostAnomalies(stack, "Anomalies", settings, told, bus, undeliverable).RuleArns
                    : [],
                .. functions.Respond is { } respond ? OfResponses(stack, settings, functions, respond, bus, undeliverable) : [],
            ]);
    }

    /// <summary>An event about an account's money says which account to look at; the hourly round finds what was lost, reminds and ends.</summary>
    private static string[] OfAlerts(Stack stack, Settings settings, ManagedFunction notify, ReportBus bus, DeadLetterQueue undeliverable)
    {
        var money = new RuleToFunction(
            stack, "Money", "Tells channels of an account whose money has changed its state", notify, undeliverable,
            pattern: new Dictionary<string, object>
            {
                ["source"] = new[] { Names.OwnSource },
                ["detail-type"] = new[]
                {
                    "BudgetSync Spend State Changed", "BudgetSync Threshold Crossed", "BudgetSync Threshold Cleared", "BudgetSync Spend Running Out",
                },
            },
            bus: bus.Name);
        var round = new RuleToFunction(
            stack, "AlertsHourly", "Finds alerts that were not told, reminds, and sums up", notify, undeliverable, schedule: "rate(1 hour)");
        if (!settings.Ai) return [money.Arn, round.Arn];
        var models = new RuleToFunction(
            stack, "ModelsTold", "Tells channels of an account whose budgets of models have changed their state", notify, undeliverable,
            pattern: Pattern([ModelsChanged]),
            bus: bus.Name);
        return [money.Arn, round.Arn, models.Arn];
    }

    /// <summary>
    /// An event says which account to look at; the round over all accounts begins what is due, and finds what was lost. A quarter of an hour, because a grace
    /// is an
    /// hour at least: what is due waits a quarter of it at most.
    /// </summary>
    private static string[] OfResponses(
        Stack stack, Settings settings, ManagementFunctions functions, ManagedFunction respond, ReportBus bus, DeadLetterQueue undeliverable)
    {
        var money = new RuleToFunction(
            stack, "Responses", "Decides responses of an account whose money or restrictions have changed their state", respond, undeliverable,
            pattern: Pattern(
                ["BudgetSync Spend State Changed", "BudgetSync Threshold Crossed", "BudgetSync Spend Running Out", RestrictionChanged, ReportDoubted]),
            bus: bus.Name);
        var round = new RuleToFunction(
            stack, "ResponsesRound", "Begins the responses that are due, with an eye on all accounts", respond, undeliverable, schedule: "rate(15 minutes)");
        var decided = new RuleToFunction(
            stack, "RestrictionsDecided", "Brings restrictions into the account for which they were decided", functions.Reconcile, undeliverable,
            pattern: Pattern([OwnEvents.RestrictionsDecided]),
            bus: bus.Name,
            // The detail is the request that Reconcile takes: this account, now.
            inputPath: "$.detail");
        string[] arns = [money.Arn, round.Arn, decided.Arn, .. settings.Ai ? [OfCaps(stack, respond, bus, undeliverable)] : Array.Empty<string>()];
        if (functions.Notify is not { } notify) return arns;
        var told = new RuleToFunction(
            stack, "RestrictionsTold", "Tells channels of an account whose restrictions have changed", notify, undeliverable,
            pattern: Pattern([RestrictionChanged]),
            bus: bus.Name);
        return [.. arns, told.Arn];
    }

    /// <summary>Of the account's cap alone: what becomes of single principals, the spoke sees to itself.</summary>
    private static string OfCaps(Stack stack, ManagedFunction respond, ReportBus bus, DeadLetterQueue undeliverable) => new RuleToFunction(
        stack, "ModelsCapped", "Decides whether the organization denies the models of an account whose cap has changed its state", respond, undeliverable,
        pattern: new Dictionary<string, object>(Pattern([ModelsChanged]))
        {
            ["detail"] = new Dictionary<string, object> { ["subject"] = new[] { "account" } },
        },
        bus: bus.Name).Arn;

    private const string ModelsChanged = "BudgetSync AI Changed";

    /// <summary>Something in the account would be freed by it, and the spoke is to be asked itself.</summary>
    private const string ReportDoubted = "BudgetSync Report Doubted";

    private const string RestrictionChanged = "BudgetSync Restriction Changed";

    private static Dictionary<string, object> Pattern(string[] kinds) => new() { ["source"] = new[] { Names.OwnSource }, ["detail-type"] = kinds };

    /// <summary>
    /// Organizations sends its events to us-east-1 of the organization's management account. Elsewhere the rule never
    /// matches and costs nothing, and the hourly run finds new accounts.
    /// </summary>
    public static Dictionary<string, object> EnrolmentPattern() => new()
    {
        ["source"] = new[] { "aws.organizations" },
        ["detail-type"] = new[] { "AWS Service Event via CloudTrail", "AWS API Call via CloudTrail" },
        ["detail"] = new Dictionary<string, object>
        {
            // AccountJoinedOrganization (since 2026-05) tells of created and of invited accounts alike; the older ones stay for organizations
            // and regions that do not have it yet.
            ["eventName"] = new[] { "AccountJoinedOrganization", "CreateAccountResult", "MoveAccount", "AcceptHandshake" },
        },
    };
}
