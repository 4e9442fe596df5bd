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
    private readonly CfnTable status;

    public BudgetTables(Construct scope, string id, string? kmsKeyArn) : base(scope, id)
    {
        // Old and new images, although Propagate re-reads the rows: a stream's view type can only be changed by
        // making a new stream, and whoever attaches a second reader will want the images.
        budgets = Table("Budgets", Names.BudgetsTable, kmsKeyArn, new CfnTable.StreamSpecificationProperty { StreamViewType = "NEW_AND_OLD_IMAGES" });
        status = Table("Status", Names.StatusTable, kmsKeyArn, stream: null);
    }

    public string BudgetsName => budgets.Ref;

    public string BudgetsArn => budgets.AttrArn;

    public string BudgetsStreamArn => budgets.AttrStreamArn;

    public string StatusName => status.Ref;

    public string StatusArn => status.AttrArn;

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
        table.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
        return table;
    }
}
