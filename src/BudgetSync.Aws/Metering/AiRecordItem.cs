using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>A record as it is kept, and which edition of it: a decision is written over the one that it was made from and no other.</summary>
internal sealed record KeptRecord(AiRecord Record, long Edition);

/// <summary>An item of the table that says where a budget of models stands: partition key <c>S#</c>, sort key the subject's.</summary>
internal static class AiRecordItem
{
    public const string Edition = "Edition";

    public static Dictionary<string, AttributeValue> Write(AiRecord record, long edition) => new ItemWriter()
        .Text(AiKeys.Partition, AiKeys.States)
        .Text(AiKeys.Sort, AiKeys.Part(record.Subject.Key))
        .Text("Subject", record.Subject.Key)
        // For people that look at the table; what is read is Detail.
        .Text("State", record.State.Name)
        .Text("Detail", Text(record.State))
        .Time("Start", record.Period.Start)
        .Time("End", record.Period.End)
        .Texts("Taken", [.. record.Taken])
        .Text("Pool", record.Pool.Length > 0 ? record.Pool : null)
        .Flag("Approved", record.Approved)
        .Time("RateUntil", record.RateUntil)
        .Text("RatePassed", record.RatePassed.Length > 0 ? record.RatePassed : null)
        .Text("HeldBack", record.HeldBack.Length > 0 ? record.HeldBack : null)
        .Time("Since", record.Since)
        .Number(Edition, edition)
        .Done();

    /// <summary>Null where the item is none that this program wrote.</summary>
    public static KeptRecord? Read(ItemReader item)
    {
        if (item.Text("Subject") is not { } key || AiSubject.Parse(key) is not { } subject || State(item.Text("Detail")) is not { } state) return null;
        var period = new AiPeriod(item.Time("Start") ?? DateTimeOffset.UnixEpoch, item.Time("End") ?? DateTimeOffset.UnixEpoch);
        var record = new AiRecord(subject, period, state)
        {
            Taken = [.. item.Texts("Taken")],
            Pool = item.Text("Pool") ?? "",
            Approved = item.Flag("Approved"),
            RateUntil = item.Time("RateUntil"),
            RatePassed = item.Text("RatePassed") ?? "",
            HeldBack = item.Text("HeldBack") ?? "",
            Since = item.Time("Since") ?? DateTimeOffset.UnixEpoch,
        };
        return new KeptRecord(record, item.Number(Edition));
    }

    private static string Text(AiState state)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) AiStateJson.Write(json, state);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static AiState? State(string? text)
    {
        if (text is null) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return AiStateJson.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
