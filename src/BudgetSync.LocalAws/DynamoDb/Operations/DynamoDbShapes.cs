using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>
/// The requests of DynamoDB as its service model (2012-08-10) bounds them. Attribute values are documents here: <see cref="Items.ItemJson"/> judges them
/// in DynamoDB's own words.
/// </summary>
internal static class DynamoDbShapes
{
    private static readonly Member TableName = Required("TableName", String(1, 1024));
    private static readonly Shape KeyName = String(1, 255);
    private static readonly Shape AttributeName = String(0, 65_535);
    private static readonly Shape Item = new Map(AttributeName, Document);
    private static readonly Member ConsistentRead = Optional("ConsistentRead", AnyFlag);
    private static readonly Member ReturnConsumedCapacity = Optional("ReturnConsumedCapacity", Enum("INDEXES", "TOTAL", "NONE"));
    private static readonly Member ReturnItemCollectionMetrics = Optional("ReturnItemCollectionMetrics", Enum("SIZE", "NONE"));
    private static readonly Member Names = Optional("ExpressionAttributeNames", new Map(AnyText, AttributeName));
    private static readonly Member Values = Optional("ExpressionAttributeValues", Item);
    private static readonly Member ProjectionExpression = Optional("ProjectionExpression", AnyText);
    private static readonly Shape KeysAndAttributes = Members(Required("Keys", new List(Item, 1, 100)), ConsistentRead, ProjectionExpression, Names);

    private static readonly Shape WriteRequest = Members(
        Optional("PutRequest", Members(Required("Item", Item))),
        Optional("DeleteRequest", Members(Required("Key", Item))));

    private static readonly Member[] OfActions =
    [
        TableName, Names, Values, Optional("ReturnValuesOnConditionCheckFailure", Enum("ALL_OLD", "NONE")),
    ];

    private static readonly Member Condition = Optional("ConditionExpression", AnyText);

    private static readonly Shape TransactWriteItem = Members(
        Optional("ConditionCheck", Members([.. OfActions, Required("Key", Item), Required("ConditionExpression", AnyText)])),
        Optional("Put", Members([.. OfActions, Condition, Required("Item", Item)])),
        Optional("Delete", Members([.. OfActions, Condition, Required("Key", Item)])),
        Optional("Update", Members([.. OfActions, Condition, Required("Key", Item), Required("UpdateExpression", AnyText)])));

    private static readonly Member[] OfWrites =
    [
        TableName, Optional("ConditionExpression", AnyText), Names, Values, ReturnConsumedCapacity, ReturnItemCollectionMetrics,
        Optional("ReturnValues", Enum("NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW")),
        Optional("ReturnValuesOnConditionCheckFailure", Enum("ALL_OLD", "NONE")),
    ];

    private static readonly Member[] OfReads =
    [
        TableName, Optional("Limit", Integer(1, int.MaxValue)),
        Optional("Select", Enum("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT")),
        Optional("ExclusiveStartKey", Item), Optional("FilterExpression", AnyText), ProjectionExpression, Names, Values, ConsistentRead,
        ReturnConsumedCapacity,
    ];

    private static readonly Member[] OfTables =
    [
        TableName, Optional("BillingMode", Enum("PROVISIONED", "PAY_PER_REQUEST")),
        Optional("ProvisionedThroughput", Members(
            Required("ReadCapacityUnits", Integer(1, int.MaxValue)),
            Required("WriteCapacityUnits", Integer(1, int.MaxValue)))),
        Optional("StreamSpecification", Members(
            Required("StreamEnabled", AnyFlag),
            Optional("StreamViewType", Enum("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY")))),
        Optional("SSESpecification", Members(Optional("Enabled", AnyFlag), Optional("SSEType", Enum("KMS")), Optional("KMSMasterKeyId", AnyText))),
        Optional("AttributeDefinitions", new List(
            Members(Required("AttributeName", KeyName), Required("AttributeType", Enum("S", "N", "B"))), 0, int.MaxValue)),
        Optional("DeletionProtectionEnabled", AnyFlag),
        Optional("TableClass", Enum("STANDARD", "STANDARD_INFREQUENT_ACCESS")),
    ];

    public static Shape CreateTable { get; } = Members([
        .. OfTables,
        Optional("KeySchema", new List(Members(Required("AttributeName", KeyName), Required("KeyType", Enum("HASH", "RANGE"))), 1, int.MaxValue)),
        Optional("Tags", new List(Members(Required("Key", String(1, 128)), Required("Value", String(0, 256))), 0, int.MaxValue)),
    ]);

    public static Shape UpdateTable { get; } = Members(OfTables);

    public static Shape OneTable { get; } = Members(TableName);

    public static Shape ListTables { get; } = Members(
        Optional("ExclusiveStartTableName", String(3, 255, "[a-zA-Z0-9_.-]+")),
        Optional("Limit", Integer(1, 100)));

    public static Shape UpdateContinuousBackups { get; } = Members(
        TableName,
        Required("PointInTimeRecoverySpecification", Members(Required("PointInTimeRecoveryEnabled", AnyFlag))));

    public static Shape GetItem { get; } = Members(TableName, Required("Key", Item), ProjectionExpression, Names, ConsistentRead, ReturnConsumedCapacity);

    public static Shape PutItem { get; } = Members([.. OfWrites, Required("Item", Item)]);

    public static Shape DeleteItem { get; } = Members([.. OfWrites, Required("Key", Item)]);

    public static Shape UpdateItem { get; } = Members([.. OfWrites, Required("Key", Item), Optional("UpdateExpression", AnyText)]);

    public static Shape Scan { get; } = Members([.. OfReads, Optional("Segment", Integer(0, 999_999)), Optional("TotalSegments", Integer(1, 1_000_000))]);

    public static Shape Query { get; } = Members([.. OfReads, Optional("KeyConditionExpression", AnyText), Optional("ScanIndexForward", AnyFlag)]);

    public static Shape BatchGetItem { get; } = Members(
        Required("RequestItems", new Map(String(1, 1024), KeysAndAttributes, 1, 100)),
        ReturnConsumedCapacity);

    public static Shape BatchWriteItem { get; } = Members(
        Required("RequestItems", new Map(String(1, 1024), new List(WriteRequest, 1, 25), 1, 25)),
        ReturnConsumedCapacity,
        ReturnItemCollectionMetrics);

    public static Shape TransactWriteItems { get; } = Members(
        Required("TransactItems", new List(TransactWriteItem, 1, AwsLimits.DynamoDb.TransactionActions)),
        Optional("ClientRequestToken", String(1, 36)),
        ReturnConsumedCapacity,
        ReturnItemCollectionMetrics);
}
