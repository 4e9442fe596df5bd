using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// The table people edit and the table we keep. Both outlive the stack and refuse to be deleted: the first is the
/// customer's own word, and the second remembers what is to happen to a spoke's budgets when its row goes.
/// </summary>
internal sealed class BudgetTables : Construct
{
    private readonly CfnTable budgets;

    public BudgetTables(Construct scope, string id, string? kmsKeyArn) : base(scope, id)
    {
        // Old and new images, although Propagate re-reads the rows: a stream's view type can only be changed by
        // making a new stream, and whoever attaches a second reader will want the images.
        budgets = Table("Budgets", Names.BudgetsTable, kmsKeyArn, new CfnTable.StreamSpecificationProperty { StreamViewType = "NEW_AND_OLD_IMAGES" });
        _ = Table("Status", Names.StatusTable, kmsKeyArn, stream: null);
    }

    public string BudgetsStreamArn => budgets.AttrStreamArn;

    private CfnTable Table(string id, string name, string? kmsKeyArn, CfnTable.StreamSpecificationProperty? stream)
    {
        var table = new CfnTable(this, id, new CfnTableProps
        {
            TableName = name,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = new[] { new CfnTable.AttributeDefinitionProperty { AttributeName = "AccountId", AttributeType = "S" } },
            KeySchema = new[] { new CfnTable.KeySchemaProperty { AttributeName = "AccountId", KeyType = "HASH" } },
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
            DeletionProtectionEnabled = true,
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
