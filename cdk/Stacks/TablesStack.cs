using Amazon.CDK;
using BudgetSync.Cdk.Management;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// The three tables, in a stack of their own: they are retained and have fixed names, so beside functions whose first deployment fails they would be left
/// behind, and the next attempt would be refused because they exist.
/// </summary>
internal sealed class TablesStack : ReadableStack
{
    public TablesStack(Construct scope, string id, Settings settings, bool portable) : base(scope, id, new StackProps
    {
        Description = "BudgetSync tables: the budgets every account should have, what is known of each, and what was spent",
        Synthesizer = Synthesis.For(portable),
        AnalyticsReporting = false,
        Env = portable ? null : new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        var tables = new BudgetTables(this, "Tables", settings.KmsKeyArn, ledger: settings.Channels is not null || settings.Respond);
        _ = new CfnOutput(this, "BudgetsStreamArn", new CfnOutputProps
        {
            Description = "The stream of edits, for Propagate",
            Value = tables.BudgetsStreamArn,
            ExportName = Names.StreamExport,
        });
    }
}
