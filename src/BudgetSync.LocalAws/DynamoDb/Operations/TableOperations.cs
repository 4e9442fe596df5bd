using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>CreateTable, UpdateTable, DeleteTable, DescribeTable, ListTables: every change is done at once, so a table is always ACTIVE.</summary>
internal sealed class TableOperations(DynamoDbState state)
{
    public JsonObject Create(AwsCall call)
    {
        var request = call.Input;
        var name = request.RequiredText("TableName");
        TableName.Validate(name);
        var keys = TableRequest.Keys(request);
        var settings = TableRequest.Settings(request, TableSettings.Default, state.Now) with { Tags = request.Tags("Tags") };
        var viewType = TableRequest.StreamViewType(request);
        if (settings is { BillingMode: "PROVISIONED", ReadCapacity: 0 }) throw Errors.Validation("No provisioned throughput specified for the table");
        lock (state.Gate)
        {
            var table = new Table(DynamoDbState.Arn(call, name), name, call.AccountId, call.Region, keys, state.Now) { Settings = settings };
            if (!state.Tables.TryAdd(table.Arn, table)) throw new AwsException("ResourceInUseException", $"Table already exists: {name}");
            if (viewType is { Length: > 0 }) table.Stream = state.OpenStream(table, viewType);
            return new JsonObject { ["TableDescription"] = TableDescription.Of(table, "ACTIVE") };
        }
    }

    public JsonObject Update(AwsCall call)
    {
        var request = call.Input;
        if (call.Input.Count < 2)
            throw Errors.Validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or "
                    + "ReplicaUpdates is required");
        lock (state.Gate)
        {
            var table = Find(call, request);
            var settings = TableRequest.Settings(request, table.Settings, state.Now);
            if (settings is { BillingMode: "PROVISIONED", ReadCapacity: 0 }) throw Errors.Validation("No provisioned throughput specified for the table");
            if (TableRequest.StreamViewType(request) is { } viewType) ChangeStream(table, viewType);
            table.Settings = settings;
            return new JsonObject { ["TableDescription"] = TableDescription.Of(table, "ACTIVE") };
        }
    }

    public JsonObject Delete(AwsCall call)
    {
        var request = call.Input;
        lock (state.Gate)
        {
            var table = Find(call, request);
            if (table.Settings.DeletionProtection)
                throw Errors.Validation(
                    $"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: {table.Name}");
            state.Tables.TryRemove(table.Arn, out _);
            lock (table.Gate)
            {
                if (table.Stream is { DisabledAt: null } stream) stream.DisabledAt = state.Now;
                return new JsonObject { ["TableDescription"] = TableDescription.Of(table, "DELETING") };
            }
        }
    }

    public JsonObject Describe(AwsCall call)
    {
        var table = Find(call, call.Input);
        lock (table.Gate) return new JsonObject { ["Table"] = TableDescription.Of(table, "ACTIVE") };
    }

    public JsonObject List(AwsCall call)
    {
        var request = call.Input;
        var limit = request.Whole("Limit") ?? AwsLimits.DynamoDb.ListedTables;
        var after = request.Text("ExclusiveStartTableName") ?? "";
        var names = state.Tables.Values
            .Where(table => table.AccountId == call.AccountId && table.Region == call.Region && string.CompareOrdinal(table.Name, after) > 0)
            .Select(table => table.Name)
            .Order(StringComparer.Ordinal)
            .Take(limit + 1)
            .ToImmutableArray();
        var answer = new JsonObject { ["TableNames"] = new JsonArray([.. names.Take(limit).Select(name => (JsonNode)name)]) };
        if (names.Length > limit) answer["LastEvaluatedTableName"] = names[limit - 1];
        return answer;
    }

    private Table Find(AwsCall call, JsonObject request)
    {
        var name = request.RequiredText("TableName");
        return state.Find(call, name) ?? throw Errors.NoTable(name);
    }

    private void ChangeStream(Table table, string viewType)
    {
        lock (table.Gate)
        {
            var enabled = table.Stream is { DisabledAt: null };
            if (viewType.Length > 0)
            {
                if (enabled) throw Errors.Validation($"Table already has an enabled stream: TableName: {table.Name}");
                table.Stream = state.OpenStream(table, viewType);
            }
            else if (table.Stream is { DisabledAt: null } stream)
            {
                stream.DisabledAt = state.Now;
            }
            else
            {
                throw Errors.Validation($"Table has no stream to disable: TableName: {table.Name}");
            }
        }
    }
}
