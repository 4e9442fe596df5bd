using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// The table people edit and the tables we keep. All outlive the stack: the first is the customer's own word, the second
/// remembers what is to happen to a spoke's budgets when its row goes, and the third what was spent.
/// </summary>
/// <remarks>
/// Only the first is protected from deletion, and it is made last: a creation that fails is rolled back, and what is
/// protected cannot be (DynamoDB developer guide, "Using deletion protection"), so that the next attempt would find the
/// table in its way. The others can be lost: accounts are told anew, and what has no owner any more is let go.
/// </remarks>
internal sealed class BudgetTables : Construct
{
    private readonly CfnTable budgets;

    public BudgetTables(Construct scope, string id, string? kmsKeyArn, bool ledger) : base(scope, id)
    {
        // Old and new images, although Propagate re-reads the rows: a stream's view type can only be changed by
        // making a new stream, and whoever attaches a second reader will want the images.
        budgets = Table("Budgets", Names.BudgetsTable, kmsKeyArn, new CfnTable.StreamSpecificationProperty { StreamViewType = "NEW_AND_OLD_IMAGES" });
        var status = Table("Status", Names.StatusTable, kmsKeyArn, stream: null);
        // An item for each day of each budget; DynamoDB forgets them by themselves.
        var history = Table("History", Names.HistoryTable, kmsKeyArn, stream: null, sortKey: "BudgetDay");
        ForgetsBy(history);
        // What was told, to whom and when: only where alerts are.
        if (ledger) ForgetsBy(Table("Ledger", Names.LedgerTable, kmsKeyArn, stream: null, sortKey: "Entry"));
        budgets.DeletionProtectionEnabled = true;
        foreach (var table in new[] { status, history }) budgets.AddDependency(table);
    }

    public string BudgetsStreamArn => budgets.AttrStreamArn;

    private static void ForgetsBy(CfnTable table) =>
        table.TimeToLiveSpecification = new CfnTable.TimeToLiveSpecificationProperty { AttributeName = "ExpiresAt", Enabled = true };

    private CfnTable Table(string id, string name, string? kmsKeyArn, CfnTable.StreamSpecificationProperty? stream, string? sortKey = null)
    {
        string[] keys = sortKey is null ? ["AccountId"] : ["AccountId", sortKey];
        var table = new CfnTable(this, id, new CfnTableProps
        {
            TableName = name,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = keys.Select(key => new CfnTable.AttributeDefinitionProperty { AttributeName = key, AttributeType = "S" }).ToArray(),
            KeySchema = keys.Select(key => new CfnTable.KeySchemaProperty { AttributeName = key, KeyType = key == sortKey ? "RANGE" : "HASH" }).ToArray(),
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
            StreamSpecification = stream,
            SseSpecification = kmsKeyArn is null
                ? null
                : new CfnTable.SSESpecificationProperty { SseEnabled = true, SseType = "KMS", KmsMasterKeyId = kmsKeyArn },
        });
        // Retained, but not by a creation that fails: what is left behind then would be in the way of the next attempt.
        table.ApplyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        return table;
    }
}
