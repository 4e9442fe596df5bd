using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>Scan and Query: a page at a time, of at most 1 MB before filtering.</summary>
internal sealed partial class ReadOperations(DynamoDbState state)
{
    public JsonObject Scan(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var placeholders = ReadPlaceholders(request, "FilterExpression");
        var view = ReadView(request, placeholders, []);
        placeholders.RequireAllUsed();
        var (segment, total) = Segments(request);
        var start = request.Structure("ExclusiveStartKey") is { } key ? table.Keys.OfStart(key) : null;
        if (start is not null && SegmentOf(start, total) != segment)
            throw Errors.Validation(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: "
                    + total
                    + " Segment: "
                    + segment);
        lock (table.Gate)
        {
            var rows = table.From(start ?? TableKey.First)
                .Where(row => SegmentOf(row.Key, total) == segment && (start is null || row.Key.CompareTo(start) > 0));
            return Page(request, table, view, rows);
        }
    }

    public JsonObject Query(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var text = request.Text("KeyConditionExpression")
            ?? throw Errors.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var placeholders = ReadPlaceholders(request, "KeyConditionExpression");
        var condition = KeyCondition.Parse(text, placeholders, table.Keys.Partition, table.Keys.Sort);
        var view = ReadView(request, placeholders, table.Keys.Names);
        placeholders.RequireAllUsed();
        var forward = request.Flag("ScanIndexForward") ?? true;
        var start = request.Structure("ExclusiveStartKey") is { } key ? table.Keys.OfStart(key) : null;
        if (start is not null && !start.IsInPartition(condition.Partition))
            throw Errors.Validation("The provided starting key is outside query boundaries based on provided conditions");
        lock (table.Gate)
        {
            var rows = table.From(TableKey.BeforePartition(condition.Partition))
                .TakeWhile(row => row.Key.IsInPartition(condition.Partition))
                .Where(row => condition.Sort.Allows(row.Key.Attributes));
            if (!forward) rows = rows.Reverse();
            if (start is not null) rows = rows.SkipWhile(row => forward ? row.Key.CompareTo(start) <= 0 : row.Key.CompareTo(start) >= 0);
            return Page(request, table, view, rows);
        }
    }

    /// <summary>Rows until the limit or the page's size is reached; that there is more is said only where there is.</summary>
    private static JsonObject Page(JsonObject request, Table table, View view, IEnumerable<(TableKey Key, Attributes Item)> rows)
    {
        var limit = request.Whole("Limit") ?? int.MaxValue;
        var items = new JsonArray();
        var (count, scanned, bytes) = (0, 0, 0L);
        TableKey? last = null;
        foreach (var (key, item) in rows)
        {
            scanned++;
            bytes += item.Size;
            if (view.Filter.Allows(item))
            {
                count++;
                if (!view.CountOnly) items.Add(ItemJson.Write(view.Projection?.Of(item) ?? item));
            }

            // Like AWS: a page that ends exactly with the last row still says that there may be more.
            if (scanned < limit && bytes < AwsLimits.DynamoDb.PageBytes) continue;
            last = key;
            break;
        }

        var answer = new JsonObject { ["Count"] = count, ["ScannedCount"] = scanned };
        if (!view.CountOnly) answer["Items"] = items;
        if (last is not null) answer["LastEvaluatedKey"] = ItemJson.Write(last.Attributes);
        Capacity.Report(answer, request, table.Name, Capacity.Read(bytes, request.Flag("ConsistentRead") ?? false));
        return answer;
    }

    private static (int Segment, int Total) Segments(JsonObject request)
    {
        switch (request.Whole("Segment"), request.Whole("TotalSegments"))
        {
            case (null, null):
                return (0, 1);
            case (null, _):
                throw Errors.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
            case (_, null):
                throw Errors.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
            case ({ } segment, { } total):
                if (segment >= total)
                    throw Errors.Validation(
                        $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than "
                            + $"TotalSegments: {total}");
                return (segment, total);
        }
    }

    /// <summary>Segments are equal parts of the hash space, so every item is in exactly one.</summary>
    private static int SegmentOf(TableKey key, int total) => (int)Math.BigMul(key.Hash, (ulong)total, out _);

    /// <param name="Projection">Null where whole items are answered.</param>
    private sealed record View(Condition? Filter, Projection? Projection, bool CountOnly);
}
