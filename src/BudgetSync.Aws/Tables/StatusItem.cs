using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <summary>A status row as a DynamoDB item and back, without loss. Plain attributes, since people read this table in the console too. Pure.</summary>
internal static class StatusItem
{
    /// <summary>The attributes that <see cref="Core.Reconcile.Intent"/> and whoever waits for it look at.</summary>
    public static readonly string[] StateAttributes =
    [
        "AccountId", "State", "Edition", "DesiredRevision", "AppliedRevision", "ParameterVersion", "Reasons", "From", "OnDelete", "Left", "LastReport",
        "PropagatedAt", "ReleasedAt",
    ];

    public static Dictionary<string, AttributeValue> Format(StatusRow row)
    {
        var item = new ItemWriter()
            .Text("AccountId", row.Key)
            .Text("State", row.State.ToString())
            .Number("Edition", row.ItemVersion)
            .Time("FirstSeenAt", row.FirstSeenAt)
            .Text("DesiredRevision", row.DesiredRevision)
            .Text("AppliedRevision", row.AppliedRevision)
            .Number("ParameterVersion", row.ParameterVersion)
            .Texts("Reasons", row.Reasons)
            .List("Budgets", row.Budgets, Budget)
            .Texts("Drift", [.. row.Drift.Select(Stored)])
            .Texts("Adopted", row.Adopted)
            .Texts("From", row.From)
            .Texts("Path", row.Path)
            .Texts("Asked", row.RecentRevisions)
            .Text("OnDelete", row.OnDelete.ToString())
            .Time("EditedAt", row.EditedAt)
            .Time("PropagatedAt", row.PropagatedAt)
            .Time("AppliedAt", row.AppliedAt)
            .Time("ReportedAt", row.ReportedAt)
            .Time("DriftSeenAt", row.DriftSeenAt)
            .Time("ReleasedAt", row.ReleasedAt)
            .Time("DeployedAt", row.DeployedAt)
            .Number("Attempts", row.Attempts)
            .Time("NextAttemptAt", row.NextAttemptAt);
        if (row.DeletedRow is { } deleted) item.Map("Left", new ItemWriter().Text("Scope", deleted.Scope).Text("Kind", deleted.Kind.ToString()));
        if (row.LastReport is { } report)
        {
            item.Map("LastReport", new ItemWriter()
                .Text("Revision", report.Revision)
                .Number("ParameterVersion", report.ParameterVersion)
                .Text("Outcome", report.Outcome.ToString())
                .Flag("IsCanonical", report.IsCanonical)
                .Texts("Reasons", report.Reasons)
                .Time("At", report.At));
        }

        return item.Done();
    }

    /// <summary>Reads what <see cref="Format"/> wrote; what is missing (an older version wrote it, or a person changed it) has its default.</summary>
    public static StatusRow Parse(Dictionary<string, AttributeValue> attributes)
    {
        var item = new ItemReader(attributes);
        return new StatusRow
        {
            Key = item.Text("AccountId") ?? "",
            State = item.Word("State", AccountState.Pending),
            ItemVersion = item.Number("Edition"),
            FirstSeenAt = item.Time("FirstSeenAt") ?? DateTimeOffset.UnixEpoch,
            DesiredRevision = item.Text("DesiredRevision"),
            AppliedRevision = item.Text("AppliedRevision"),
            ParameterVersion = item.Number("ParameterVersion"),
            Reasons = item.Texts("Reasons"),
            Budgets = item.List("Budgets", Budget),
            Drift = [.. item.Texts("Drift").Select(Finding)],
            Adopted = item.Texts("Adopted"),
            From = item.Texts("From"),
            Path = item.Texts("Path"),
            RecentRevisions = item.Texts("Asked"),
            OnDelete = item.Word("OnDelete", OnDelete.REVERT),
            DeletedRow = item.Map("Left") is { } deleted ? new RowDeletion(deleted.Text("Scope") ?? "", deleted.Word("Kind", OnDelete.RETAIN)) : null,
            LastReport = item.Map("LastReport") is { } report
                ? new LastReport(
                    report.Text("Revision"),
                    report.Number("ParameterVersion"),
                    report.Word("Outcome", ReportOutcome.Failed),
                    report.Texts("Reasons"),
                    report.Time("At") ?? DateTimeOffset.UnixEpoch)
                {
                    IsCanonical = report.Flag("IsCanonical"),
                }
                : null,
            EditedAt = item.Time("EditedAt"),
            PropagatedAt = item.Time("PropagatedAt"),
            AppliedAt = item.Time("AppliedAt"),
            ReportedAt = item.Time("ReportedAt"),
            DriftSeenAt = item.Time("DriftSeenAt"),
            ReleasedAt = item.Time("ReleasedAt"),
            DeployedAt = item.Time("DeployedAt"),
            Attempts = (int)Math.Min(item.Number("Attempts"), int.MaxValue),
            NextAttemptAt = item.Time("NextAttemptAt"),
        };
    }

    private static ItemWriter Budget(ReportedBudget budget) => new ItemWriter()
        .Text("Name", budget.Name)
        .Amount("Limit", budget.Limit)
        .Text("Unit", budget.Unit)
        .Amount("ActualSpend", budget.ActualSpend)
        .Amount("ForecastedSpend", budget.ForecastedSpend)
        .Text("SpendState", budget.SpendState.ToString())
        .Text("HealthProblem", budget.HealthProblem);

    private static ReportedBudget Budget(ItemReader budget) => new(
        budget.Text("Name") ?? "",
        budget.Amount("Limit"),
        budget.Text("Unit") ?? "",
        budget.Amount("ActualSpend"),
        budget.Amount("ForecastedSpend"),
        budget.Word("SpendState", SpendState.Unknown))
    {
        HealthProblem = budget.Text("HealthProblem"),
    };

    /// <summary>A code stands as its name in braces, which no message begins with; the difference of a budget is its own message.</summary>
    private static string Stored(DriftEntry finding) => finding.Code == DriftCode.Budget ? finding.Message : $"{{{finding.Code}}}";

    /// <summary>Rows written before drift had codes hold the message itself.</summary>
    private static DriftEntry Finding(string stored) =>
        stored == Stored(DriftEntry.ParameterChanged) || stored == DriftEntry.ParameterChanged.Message
            ? DriftEntry.ParameterChanged
            : DriftEntry.OfBudget(stored);

    /// <summary>Collects attributes; what is null or empty is left out, because absence is its own best spelling.</summary>
    private sealed class ItemWriter
    {
        private readonly Dictionary<string, AttributeValue> item = new(StringComparer.Ordinal);

        public Dictionary<string, AttributeValue> Done() => item;

        public ItemWriter Text(string name, string? value) => Add(name, value is null ? null : new AttributeValue { S = value });

        public ItemWriter Number(string name, long value) => Add(name, new AttributeValue { N = value.ToString(CultureInfo.InvariantCulture) });

        public ItemWriter Flag(string name, bool value) => Add(name, value ? new AttributeValue { BOOL = true } : null);

        public ItemWriter Amount(string name, decimal? value) =>
            Add(name, value is { } amount ? new AttributeValue { N = amount.ToString(CultureInfo.InvariantCulture) } : null);

        public ItemWriter Time(string name, DateTimeOffset? value) =>
            Add(name, value is { } time ? new AttributeValue { S = time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) } : null);

        public ItemWriter Texts(string name, EquatableArray<string> values) =>
            Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { S = value })] });

        public ItemWriter Map(string name, ItemWriter value) => Add(name, new AttributeValue { M = value.Done() });

        public ItemWriter List<T>(string name, EquatableArray<T> values, Func<T, ItemWriter> write) =>
            Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { M = write(value).Done() })] });

        private ItemWriter Add(string name, AttributeValue? value)
        {
            if (value is not null) item[name] = value;
            return this;
        }
    }

    private sealed class ItemReader(Dictionary<string, AttributeValue> item)
    {
        public string? Text(string name) => item.GetValueOrDefault(name)?.S;

        public long Number(string name) =>
            long.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

        public bool Flag(string name) => item.GetValueOrDefault(name)?.BOOL ?? false;

        public decimal? Amount(string name) =>
            decimal.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

        public DateTimeOffset? Time(string name) =>
            DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : null;

        public TEnum Word<TEnum>(string name, TEnum otherwise)
            where TEnum : struct, Enum =>
            Enum.TryParse<TEnum>(Text(name), out var value) && Enum.IsDefined(value) ? value : otherwise;

        public EquatableArray<string> Texts(string name) => [.. (item.GetValueOrDefault(name)?.L ?? []).Select(value => value.S).OfType<string>()];

        public ItemReader? Map(string name) => item.GetValueOrDefault(name)?.M is { } map ? new ItemReader(map) : null;

        public EquatableArray<T> List<T>(string name, Func<ItemReader, T> read) =>
            [
                .. (item.GetValueOrDefault(name)?.L ?? [])
                    .Select(value => value.M)
                    .OfType<Dictionary<string, AttributeValue>>()
                    .Select(map => read(new ItemReader(map)))
            ];
    }
}
