using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>A batch: refused whole for what is wrong with it as a batch, else each entry is done by itself (SQS API reference, SendMessageBatch).</summary>
internal static partial class BatchRequest
{
    /// <summary>Runs each entry by itself: one that fails leaves the others done.</summary>
    /// <exception cref="AwsException">EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId or BatchEntryIdsNotDistinct.</exception>
    public static JsonObject Run(AwsCall call, Func<JsonObject, JsonObject> run)
    {
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in Entries(call))
        {
            var id = entry.RequiredText("Id");
            try
            {
                var done = run(entry);
                done["Id"] = id;
                successful.Add(done);
            }
            catch (AwsException refused)
            {
                failed.Add(new JsonObject { ["Id"] = id, ["SenderFault"] = true, ["Code"] = refused.Code, ["Message"] = refused.Message });
            }
        }

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    public static IReadOnlyList<JsonObject> Entries(AwsCall call)
    {
        var entries = call.Input.Structures("Entries").ToList();
        if (entries.Count == 0) throw new AwsException("EmptyBatchRequest", "There should be at least one entry in the request.");
        if (entries.Count > AwsLimits.Sqs.BatchEntries)
            throw new AwsException(
                "TooManyEntriesInBatchRequest",
                $"Maximum number of entries per request are {AwsLimits.Sqs.BatchEntries}. You have sent {entries.Count}.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in entries.Select(entry => entry.RequiredText("Id")))
        {
            if (!Id().IsMatch(id))
            {
                throw new AwsException(
                    "InvalidBatchEntryId",
                    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
            }

            if (!ids.Add(id)) throw new AwsException("BatchEntryIdsNotDistinct", $"Id {id} repeated.");
        }

        return entries;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z")]
    private static partial Regex Id();
}
