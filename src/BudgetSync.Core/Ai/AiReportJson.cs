using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>
/// A report of models as JSON. Written bounded; read tolerantly, because spokes and the management account are upgraded at different times: unknown members are
/// skipped, and what cannot be read of a line leaves the line out.
/// </summary>
public static class AiReportJson
{
    /// <summary>Where its texts are too long for an event, the quieter lines and later days are left out, and the lines counted.</summary>
    public static string Format(AiReport report)
    {
        // What cannot be read again is not written.
        var lines = report.Lines.Where(line => line.Subject.Key.Length <= MostKey).Take(AiReport.MostLines).ToList();
        for (var (most, days) = (lines.Count, Math.Min(report.Days.Length, MostDays)); ; (most, days) = (most / 2, days / 2))
        {
            var bounded = report with
            {
                Lines = [.. lines.Take(most)],
                Omitted = report.Omitted + report.Lines.Length - most,
                Days = [.. report.Days.Take(days)],
            };
            var text = Text(bounded);
            if (most + days == 0 || Encoding.UTF8.GetByteCount(text) <= MostBytes) return text;
        }
    }

    private static string Text(AiReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, report);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Null: it is no report. Never throws.</summary>
    public static AiReport? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static AiReport? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || JsonMember.Time(root, "at") is not { } at) return null;
        return new AiReport(at)
        {
            Lines = [.. JsonMember.Items(root, "lines").Take(AiReport.MostLines).Select(Line).OfType<AiLine>().DistinctBy(line => line.Subject.Key)],
            Omitted = (int)Math.Min(int.MaxValue, JsonMember.Count(root, "omitted")),
            Regions = [.. JsonMember.Items(root, "regions").Take(MostRegions).Select(Region).OfType<AiRegion>()],
            Days = [.. JsonMember.Items(root, "days").Take(MostDays).Select(Day).OfType<AiDayCost>()],
            ActiveKeys = (int)Math.Min(int.MaxValue, JsonMember.Count(root, "activeKeys")),
            DenyAccount = JsonMember.Flag(root, "denyAccount"),
            PolicyQuota = Quota(root),
            PermissionSets = Sets(root),
            PeopleRoom = JsonMember.Amount(root, "peopleRoom") is null ? null : (int)Math.Min(int.MaxValue, JsonMember.Count(root, "peopleRoom")),
        };
    }

    /// <summary>Tells it from the other reports of a spoke.</summary>
    public const string Schema = "Ai";

    /// <summary>True where it is one of these, readable or not.</summary>
    public static bool Is(JsonElement root) => root.ValueKind == JsonValueKind.Object && JsonMember.Text(root, "report") == Schema;

    /// <summary>USD. A millionth of a cent buys nothing; less is no limit of a row.</summary>
    private const decimal LeastLimit = 0.00000001m;

    /// <summary>Letters of a subject: the longest is an inference profile's ARN.</summary>
    private const int MostKey = 300;

    /// <summary>Ours, below the 256 KB that an event has room for (EventBridge user guide, "Event size"), with what stands around it.</summary>
    private const int MostBytes = 200_000;

    /// <summary>Far above what AWS has.</summary>
    private const int MostRegions = 50;

    /// <summary>One more model of each day stands for the others.</summary>
    private const int MostDays = AiDayCost.MostDays * (AiDayCost.MostModels + 1);

    private static void Write(Utf8JsonWriter json, AiReport report)
    {
        json.WriteStartObject();
        json.WriteString("report", Schema);
        json.WriteString("at", Text(report.At));
        json.WriteStartArray("lines");
        foreach (var line in report.Lines) WriteLine(json, line);
        json.WriteEndArray();
        if (report.Omitted > 0) json.WriteNumber("omitted", report.Omitted);
        json.WriteStartArray("regions");
        foreach (var region in report.Regions.Take(MostRegions)) WriteRegion(json, region);
        json.WriteEndArray();
        WriteDays(json, report.Days);
        if (report.ActiveKeys > 0) json.WriteNumber("activeKeys", report.ActiveKeys);
        if (report.DenyAccount) json.WriteBoolean("denyAccount", true);
        if (report.PeopleRoom is { } room) json.WriteNumber("peopleRoom", room);
        if (report.PolicyQuota is { } quota)
        {
            json.WriteStartObject("policyQuota");
            json.WriteNumber("asked", quota.Asked);
            WriteNames(json, "full", quota.Full.Take(PolicyQuota.MostNamed));
            json.WriteEndObject();
        }

        if (report.PermissionSets is { } sets)
        {
            json.WriteStartObject("permissionSets");
            json.WriteNumber("all", sets.All);
            WriteNames(json, "without", sets.Without.Take(PermissionSets.MostNamed));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string member, IEnumerable<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names) json.WriteStringValue(AiText.Cut(name));
        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, AiLine line)
    {
        json.WriteStartObject();
        json.WriteString("subject", line.Subject.Key);
        json.WriteString("start", Text(line.Period.Start));
        json.WriteString("end", Text(line.Period.End));
        json.WriteNumber("spent", line.Spent);
        json.WriteNumber("limit", line.Limit);
        json.WriteString("mode", line.Mode.ToString());
        json.WritePropertyName("state");
        if (line.Doubt.Length == 0) AiStateJson.Write(json, line.State);
        else AiStateJson.WriteUnknown(json, line.State, line.Doubt);
        json.WriteNumber("calls", line.Calls);
        json.WriteNumber("tokens", line.Tokens);
        if (line.UnpricedCalls > 0) json.WriteNumber("unpricedCalls", line.UnpricedCalls);
        if (line.UncountedCalls > 0) json.WriteNumber("uncountedCalls", line.UncountedCalls);
        WriteText(json, "mostly", line.Mostly);
        WriteText(json, "unattachable", line.Unattachable);
        WriteText(json, "heldBack", line.HeldBack);
        WriteText(json, "pool", line.Pool);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, AiRegion region)
    {
        json.WriteStartObject();
        json.WriteString("name", region.Name);
        json.WriteString("log", region.Log.ToString());
        WriteText(json, "why", region.Why);
        if (region.LastRecordAt is { } last) json.WriteString("lastRecordAt", Text(last));
        if (region.UnpricedCalls > 0) json.WriteNumber("unpricedCalls", region.UnpricedCalls);
        if (region.UncountedCalls > 0) json.WriteNumber("uncountedCalls", region.UncountedCalls);
        if (region.UnjoinedCalls > 0) json.WriteNumber("unjoinedCalls", region.UnjoinedCalls);
        if (region.DeadLetters is { } letters) json.WriteNumber("deadLetters", letters);
        if (region.MantleTokens is { } mantle) json.WriteNumber("mantleTokens", mantle);
        json.WriteEndObject();
    }

    private static void WriteDays(Utf8JsonWriter json, EquatableArray<AiDayCost> days)
    {
        if (days.IsEmpty) return;
        json.WriteStartArray("days");
        foreach (var day in days)
        {
            json.WriteStartObject();
            json.WriteString("day", DayText.Format(day.Day));
            json.WriteString("model", AiText.Cut(day.Model));
            json.WriteNumber("cost", day.Cost);
            json.WriteNumber("calls", day.Calls);
            if (day.UnpricedCalls > 0) json.WriteNumber("unpricedCalls", day.UnpricedCalls);
            if (day.UncountedCalls > 0) json.WriteNumber("uncountedCalls", day.UncountedCalls);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static AiDayCost? Day(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && DayText.Parse(JsonMember.Text(item, "day")) is { } day && JsonMember.Text(item, "model") is { } model
        && Amount(item, "cost") is { } cost
            ? new AiDayCost(day, AiText.Cut(model), cost)
            {
                Calls = JsonMember.Count(item, "calls"),
                UnpricedCalls = JsonMember.Count(item, "unpricedCalls"),
                UncountedCalls = JsonMember.Count(item, "uncountedCalls"),
            }
            : null;

    private static PermissionSets? Sets(JsonElement root)
    {
        if (!root.TryGetProperty("permissionSets", out var sets) || sets.ValueKind != JsonValueKind.Object) return null;
        return new PermissionSets((int)Math.Min(int.MaxValue, JsonMember.Count(sets, "all")), Names(sets, "without", PermissionSets.MostNamed));
    }

    private static PolicyQuota? Quota(JsonElement root)
    {
        if (!root.TryGetProperty("policyQuota", out var quota) || quota.ValueKind != JsonValueKind.Object) return null;
        return new PolicyQuota((int)Math.Min(int.MaxValue, JsonMember.Count(quota, "asked")), Names(quota, "full", PolicyQuota.MostNamed));
    }

    private static EquatableArray<string> Names(JsonElement parent, string member, int most) =>
        [.. JsonMember.Items(parent, member).Take(most).Select(JsonMember.TextOf).OfType<string>().Select(AiText.Cut)];

    private static AiLine? Line(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || JsonMember.Text(item, "subject") is not { Length: <= MostKey } key
            || AiSubject.Parse(key) is not { } subject
            || JsonMember.Time(item, "start") is not { } start
            || JsonMember.Time(item, "end") is not { } end
            || Amount(item, "spent") is not { } spent
            || Amount(item, "limit") is not { } limit
            || limit is > 0 and < LeastLimit)
            return null;
        var state = item.TryGetProperty("state", out var given) ? AiStateJson.Read(given) : new AiState.Active();
        return new AiLine(subject, new AiPeriod(start, end), spent, limit, JsonMember.Word(item, "mode", ResponseMode.WATCH), state)
        {
            Calls = JsonMember.Count(item, "calls"),
            Tokens = JsonMember.Count(item, "tokens"),
            UnpricedCalls = JsonMember.Count(item, "unpricedCalls"),
            UncountedCalls = JsonMember.Count(item, "uncountedCalls"),
            Mostly = Cut(item, "mostly"),
            Unattachable = Cut(item, "unattachable"),
            HeldBack = Cut(item, "heldBack"),
            Pool = Cut(item, "pool"),
        };
    }

    /// <summary>Null also for what is negative or above what AWS bills: whoever sums and divides it needs no care.</summary>
    private static decimal? Amount(JsonElement item, string name) =>
        JsonMember.Amount(item, name) is { } amount and >= 0 and <= AwsLimits.AmountMaximum ? amount : null;

    private static AiRegion? Region(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || JsonMember.Text(item, "name") is not { } name) return null;
        return new AiRegion(AiText.Cut(name), JsonMember.Word(item, "log", AiLog.Blind), Cut(item, "why"))
        {
            LastRecordAt = JsonMember.Time(item, "lastRecordAt"),
            UnpricedCalls = JsonMember.Count(item, "unpricedCalls"),
            UncountedCalls = JsonMember.Count(item, "uncountedCalls"),
            UnjoinedCalls = JsonMember.Count(item, "unjoinedCalls"),
            DeadLetters = JsonMember.Amount(item, "deadLetters") is null ? null : JsonMember.Count(item, "deadLetters"),
            MantleTokens = JsonMember.Amount(item, "mantleTokens") is null ? null : JsonMember.Count(item, "mantleTokens"),
        };
    }

    private static string Cut(JsonElement item, string name) => AiText.Cut(JsonMember.Text(item, name) ?? "");

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0) json.WriteString(name, AiText.Cut(text));
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}
