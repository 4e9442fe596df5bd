using System.Globalization;
using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Management;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// Track: asks Cost Explorer twice a day what every account costs. Optional, because it is the one part that costs money by the request, and a stack of its
/// own, so that the management stack is the same with it and without it. It lives in the organization's management account, which pays for all.
/// </summary>
internal sealed class TrackStack : ReadableStack
{
    /// <param name="codeFolder">The published functions, for CDK to upload; null makes the portable template, which asks for bucket and key.</param>
    public TrackStack(Construct scope, string id, Settings settings, string? codeFolder) : base(scope, id, new StackProps
    {
        Description = "BudgetSync costs: keeps what every account of an organization costs, as Cost Explorer tells it",
        Synthesizer = Synthesis.For(portable: codeFolder is null),
        AnalyticsReporting = false,
        Env = codeFolder is null ? null : new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        var most = new DeploymentValues(this, portable: codeFolder is null).Take(
            "CostRequestsPerDay", settings.CostRequestsPerDay.ToString(CultureInfo.InvariantCulture),
            "How often Cost Explorer may be asked a day, at $0.01 each: as many times as it has pages for all accounts, twice",
            "^([1-9][0-9]{0,3}|10000)$", "A whole number from 1 to 10000");
        var code = codeFolder is null ? PortableCode.Take(this) : FunctionCode.FromFolder(this, "Code", codeFolder);
        SupportedPartition.Require(this);
        var undeliverable = new DeadLetterQueue(this, "Undeliverable", $"{Names.Track}-DeadLetters");
        var track = new ManagedFunction(this, "Track", new FunctionSpecification
        {
            Name = Names.Track,
            RoleName = Names.Track,
            Description = "Asks Cost Explorer what every account costs and keeps it in the history table",
            Handler = "BudgetSync.Management",
            Code = code,
            TimeoutSeconds = 900,
            LogRetentionDays = settings.LogRetentionDays,
            LogKeyArn = settings.KmsKeyArn,
            Environment = new Dictionary<string, string>
            {
                ["BUDGETSYNC_FUNCTION"] = "Track",
                ["BUDGETSYNC_HISTORY_TABLE"] = TableNames.HistoryName,
                ["BUDGETSYNC_COST_REQUESTS_PER_DAY"] = most,
            },
            May =
            [
                ManagementPermissions.AskCosts(), ManagementPermissions.KeepCosts(), ManagementPermissions.ParkFailures(undeliverable),
                .. ManagementPermissions.UseKey(settings.KmsKeyArn),
            ],
        });
        _ = track.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        var twiceADay = new RuleToFunction(
            this, "TwiceADay", "Asks what every account costs, as often as Cost Explorer has something new", track, undeliverable, schedule: "rate(12 hours)");
        undeliverable.TakeFromRules(twiceADay.Arn);
        FunctionAlarm.Add(
            this, "TrackErrors", "Track crashed or timed out, or Cost Explorer refused it; its log says why", "AWS/Lambda", "Errors", "Sum", 300, track);
        FunctionAlarm.Add(
            this, "CostRequestsCapped", "Cost Explorer has been asked as often today as costRequestsPerDay allows, and not all is known; raise it, or wait",
            Names.MetricNamespace, "CostExplorerCapReached", "Maximum", 3600);
    }
}
