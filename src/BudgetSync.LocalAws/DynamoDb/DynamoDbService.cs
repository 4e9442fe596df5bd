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
        var needs = new Needs(State);

        var tables = new TableOperations(State);
        Operation("CreateTable", Needs.OnTable, tables.Create);
        Operation("UpdateTable", Needs.OnTable, tables.Update);
        Operation("DeleteTable", Needs.OnTable, tables.Delete);
        Operation("DescribeTable", Needs.OnTable, tables.Describe);
        Operation("ListTables", Needs.OnAll, tables.List);

        var backups = new BackupOperations(State);
        Operation("DescribeContinuousBackups", Needs.OnTable, backups.Describe);
        Operation("UpdateContinuousBackups", Needs.OnTable, backups.Update);

        var items = new ItemOperations(State);
        Operation("GetItem", needs.OnItem, items.Get);
        Operation("PutItem", needs.OnItem, items.Put);
        Operation("UpdateItem", needs.OnItem, items.Update);
        Operation("DeleteItem", needs.OnItem, items.Delete);

        var reads = new ReadOperations(State);
        Operation("Scan", Needs.OnTable, reads.Scan);
        Operation("Query", Needs.OnTable, reads.Query);

        var batches = new BatchOperations(State);
        Operation("BatchGetItem", Needs.OnTables, batches.Get);
        Operation("BatchWriteItem", Needs.OnTables, batches.Write);
    }

    /// <summary>The tables' streams, for pollers inside this cloud.</summary>
    public TableStreams Streams { get; }

    internal DynamoDbState State { get; }
}
