using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <summary>A status row as a DynamoDB item and back, without loss. Plain attributes, since people read this table in the console too. Pure.</summary>
internal static partial class StatusItem
{
    /// <summary>The attributes that <see cref="Core.Reconcile.Intent"/> and whoever waits for it look at.</summary>
    public static readonly string[] StateAttributes =
    [
        "AccountId", "State", "Edition", "DesiredRevision", "AppliedRevision", "ParameterVersion", "Reasons", "From", "OnDelete", "Left", "LastReport",
        "PropagatedAt", "ReleasedAt", "Restrictions", "LeftOut", "Unrecorded", "Restricts", "Meters", "AiRequests", "AiStopped", "AiCarried",
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
            .List("Spend", row.Spend, Standing)
            .List("Untold", row.Untold, untold => new ItemWriter().Text("Kind", untold.Kind).Text("Detail", untold.Detail))
            .List("Restrictions", row.Restrictions, Restriction)
            .Texts("LeftOut", [.. row.LeftOut.Items])
            .List("Unrecorded", row.Unrecorded, entry => LedgerEntryItem.Write(entry, new ItemWriter()))
            .Flag("Restricts", row.Restricts)
            .Flag("ToBeAsked", row.IsToBeAsked)
            .Flag("Shut", row.IsShut)
            .Time("AskedAt", row.AskedAt)
            .Map("Told", row.Told is { } told ? new ItemWriter().Time("Since", told.Since).Number("Count", told.Count).Flag("IsMissed", told.IsMissed) : null)
            .Time("RestrictionsAt", row.RestrictionsAt)
            .List("Deeds", row.Deeds, deed => new ItemWriter().Text("Digest", deed.Digest).Time("BegunAt", deed.BegunAt).Time("At", deed.At))
            .List("Topics", row.Topics, topic => new ItemWriter().Text("Topic", topic.Topic).Flag("Lost", topic.IsLost).Text("Reason", topic.Reason))
            .Flag("Meters", row.Meters)
            .Text("Ai", row.Ai is { } ai ? AiReportJson.Format(ai) : null)
            .List("AiRequests", row.AiRequests, AiRequest)
            .Flag("AiStopped", row.AiStopped)
            .Text("AiCarried", row.AiCarried)
            .Text("AiNotCarried", row.AiNotCarried.Length > 0 ? row.AiNotCarried : null)
            .Texts("Drift", [.. row.Drift.Select(Stored)])
            .Texts("Adopted", row.Adopted)
            .Texts("From", row.From)
            .Texts("Path", row.Path)
            .Text("AccountName", row.AccountName.Length > 0 ? row.AccountName : null)
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
                .Flag("StackDeleted", report.StackDeleted)
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
            Spend = item.List("Spend", Standing),
            Untold = item.List("Untold", untold => new SpendEvent(untold.Text("Kind") ?? "", untold.Text("Detail") ?? "")),
            Restrictions = [.. item.List("Restrictions", Restriction).OfType<Restriction>()],
            LeftOut = [.. item.Texts("LeftOut")],
            Unrecorded = item.List("Unrecorded", LedgerEntryItem.Read),
            Restricts = item.Flag("Restricts"),
            IsToBeAsked = item.Flag("ToBeAsked"),
            IsShut = item.Flag("Shut"),
            AskedAt = item.Time("AskedAt"),
            Told = item.Map("Told") is { } told && told.Time("Since") is { } since
                ? new ToldChanges(since, (int)told.Number("Count")) { IsMissed = told.Flag("IsMissed") }
                : null,
            RestrictionsAt = item.Time("RestrictionsAt"),
            Deeds = item.List("Deeds", deed => new RecordedDeed(deed.Text("Digest") ?? "", deed.Time("BegunAt") ?? default, deed.Time("At") ?? default)),
            Topics = item.List("Topics", topic => new TopicAccess(topic.Text("Topic") ?? "", topic.Flag("Lost"), topic.Text("Reason") ?? "")),
            Meters = item.Flag("Meters"),
            Ai = item.Text("Ai") is { } ai ? AiReportJson.Parse(ai) : null,
            AiRequests = [.. item.List("AiRequests", AiRequest).OfType<AiRequest>()],
            AiStopped = item.Flag("AiStopped"),
            AiCarried = item.Text("AiCarried"),
            AiNotCarried = item.Text("AiNotCarried") ?? "",
            Drift = [.. item.Texts("Drift").Select(Finding)],
            Adopted = item.Texts("Adopted"),
            From = item.Texts("From"),
            Path = item.Texts("Path"),
            AccountName = item.Text("AccountName") ?? "",
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
                    StackDeleted = report.Flag("StackDeleted"),
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
}
