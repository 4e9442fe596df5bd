using BudgetSync.LocalAws.DynamoDb.Operations;
using BudgetSync.LocalAws.DynamoDb.Streams;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb;

/// <summary>DynamoDB: tables per account and region, their items and their streams.</summary>
public sealed class DynamoDbService : AwsService
{
    internal DynamoDbService(TimeProvider time)
        : base("dynamodb", WireProtocol.Json10, "DynamoDB_20120810")
    {
        State = new DynamoDbState(time);
        Streams = new TableStreams(time, State.FindStream);
        var permissions = new DynamoDbPermissions(State);

        var tables = new TableOperations(State);
        Operation("CreateTable", DynamoDbShapes.CreateTable, DynamoDbPermissions.OnTable, tables.Create);
        Operation("UpdateTable", DynamoDbShapes.UpdateTable, DynamoDbPermissions.OnTable, tables.Update);
        Operation("DeleteTable", DynamoDbShapes.OneTable, DynamoDbPermissions.OnTable, tables.Delete);
        Operation("DescribeTable", DynamoDbShapes.OneTable, DynamoDbPermissions.OnTable, tables.Describe);
        Operation("ListTables", DynamoDbShapes.ListTables, DynamoDbPermissions.OnAll, tables.List);

        var backups = new BackupOperations(State);
        Operation("DescribeContinuousBackups", DynamoDbShapes.OneTable, DynamoDbPermissions.OnTable, backups.Describe);
        Operation("UpdateContinuousBackups", DynamoDbShapes.UpdateContinuousBackups, DynamoDbPermissions.OnTable, backups.Update);

        var items = new ItemOperations(State);
        Operation("GetItem", DynamoDbShapes.GetItem, permissions.OnItem, items.Get);
        Operation("PutItem", DynamoDbShapes.PutItem, permissions.OnItem, items.Put);
        Operation("UpdateItem", DynamoDbShapes.UpdateItem, permissions.OnItem, items.Update);
        Operation("DeleteItem", DynamoDbShapes.DeleteItem, permissions.OnItem, items.Delete);

        var reads = new ReadOperations(State);
        Operation("Scan", DynamoDbShapes.Scan, DynamoDbPermissions.OnTable, reads.Scan);
        Operation("Query", DynamoDbShapes.Query, DynamoDbPermissions.OnTable, reads.Query);

        var batches = new BatchOperations(State);
        Operation("BatchGetItem", DynamoDbShapes.BatchGetItem, DynamoDbPermissions.OnTables, batches.Get);
        Operation("BatchWriteItem", DynamoDbShapes.BatchWriteItem, DynamoDbPermissions.OnTables, batches.Write);

        var transactions = new TransactionOperations(State);
        Operation("TransactWriteItems", DynamoDbShapes.TransactWriteItems, permissions.OnActions, transactions.Write);
    }

    /// <summary>The tables' streams, for pollers inside this cloud.</summary>
    public TableStreams Streams { get; }

    internal DynamoDbState State { get; }

    internal override string ErrorType(string code) => DynamoDbErrorType.Of(code);
}
