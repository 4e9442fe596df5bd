using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Management;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// Report: the page of all accounts, made every hour and kept in a bucket, and the same as a widget of a CloudWatch dashboard. Optional, and a stack of its
/// own, so that the management stack is the same with it and without it.
/// </summary>
internal sealed class ReportStack : ReadableStack
{
    /// <param name="codeFolder">The published functions, for CDK to upload; null makes the portable template, which asks for bucket and key.</param>
    public ReportStack(Construct scope, string id, Settings settings, string? codeFolder) : base(scope, id, new StackProps
    {
        Description = "BudgetSync report: the page of every account's money, every hour in a bucket and, if wanted, on a dashboard",
        Synthesizer = Synthesis.For(portable: codeFolder is null),
        AnalyticsReporting = false,
        Env = codeFolder is null ? null : new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        var values = new DeploymentValues(this, portable: codeFolder is null);
        var given = RowValues.Take(this, values, settings);
        var dashboard = values.Switch("Dashboard", settings.Dashboard, "Enabled: a CloudWatch dashboard BudgetSync-Money shows the page");
        var code = codeFolder is null ? PortableCode.Take(this) : FunctionCode.FromFolder(this, "Code", codeFolder);
        SupportedPartition.Require(this);
        var bucket = new PageBucket(this, "Page", settings.KmsKeyArn);
        var undeliverable = new DeadLetterQueue(this, "Undeliverable", $"{Names.Report}-DeadLetters");
        var report = new ManagedFunction(this, "Report", new FunctionSpecification
        {
            Name = Names.Report,
            RoleName = Names.Report,
            Description = "Makes the page of every account's money, and shows what it kept of it on a dashboard",
            Handler = "BudgetSync.Management",
            Code = code,
            TimeoutSeconds = 900,
            LogRetentionDays = settings.LogRetentionDays,
            LogKeyArn = settings.KmsKeyArn,
            Environment = new Dictionary<string, string>(given.Environment)
            {
                ["BUDGETSYNC_FUNCTION"] = "Report",
                ["BUDGETSYNC_HISTORY_TABLE"] = TableNames.HistoryName,
                ["BUDGETSYNC_REPORT_BUCKET"] = bucket.Name,
                ["BUDGETSYNC_ORGANIZATION_ID"] = given.OrganizationId,
                // By its name: a function's own ARN cannot stand in its environment.
                ["BUDGETSYNC_REPORT_FUNCTION"] = Names.LocalArn("lambda", $"function:{Names.Report}"),
            },
            May =
            [
                ManagementPermissions.LookAtRows(), ManagementPermissions.SurveyStatus(), ManagementPermissions.ReadHistory(), .. bucket.Keep(),
                .. ManagementPermissions.ReadOrganizationTree(given.OrganizationId), ManagementPermissions.ParkFailures(undeliverable),
                .. ManagementPermissions.UseKey(settings.KmsKeyArn), .. PageBucket.UseKey(settings.KmsKeyArn),
            ],
        });
        _ = report.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        var hourly = new RuleToFunction(this, "ReportHourly", "Makes the page of every account's money", report, undeliverable, schedule: "rate(1 hour)");
        undeliverable.TakeFromRules(hourly.Arn);
        FunctionAlarm.Add(
            this, "ReportErrors", "Report crashed or timed out, so the hourly page is an old one; its log says why", "AWS/Lambda", "Errors", "Sum", 300,
            report);
        // Where a person's tools find the bucket, whose name is CloudFormation's.
        _ = new Amazon.CDK.AWS.SSM.CfnParameter(this, "PageBucketName", new Amazon.CDK.AWS.SSM.CfnParameterProps
        {
            Name = Names.ReportBucket,
            Type = "String",
            Description = "The bucket with the hourly page of BudgetSync, for its command line; written by the stack",
            Value = bucket.Name,
        });
        _ = new CfnOutput(this, "PageBucket", new CfnOutputProps { Description = "The bucket of the hourly page: report.html", Value = bucket.Name });
        MoneyDashboard.Show(this, report, dashboard, values.WhenEnabled("Dashboard", dashboard));
    }
}
