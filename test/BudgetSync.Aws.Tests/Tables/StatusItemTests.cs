using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tests.Tables;

public sealed class StatusItemTests
{
    private static readonly DateTimeOffset At = World.Start.AddTicks(1234567);

    [Fact]
    public void A_full_row_survives_the_table()
    {
        var row = new StatusRow
        {
            Key = World.Alpha,
            State = AccountState.Failed,
            FirstSeenAt = At,
            ItemVersion = long.MaxValue,
            DesiredRevision = "0123456789abcdef",
            AppliedRevision = "fedcba9876543210",
            ParameterVersion = 42,
            Reasons = ["first", "second"],
            Budgets =
            [
                new ReportedBudget("A", 1500.50m, "USD", 0.01m, 1e20m, SpendState.Over),
                new ReportedBudget("B", null, "", null, null, SpendState.Unknown) { HealthProblem = "BILLING_VIEW_NO_ACCESS" }
            ],
            Drift = [DriftEntry.ParameterChanged, DriftEntry.OfBudget("drifted")],
            Adopted = ["taken over"],
            Path = ["ou-abcd-12345678", "r-abcd"],
            RecentRevisions = ["0123456789abcdef", "fedcba9876543210"],
            From = [World.Alpha, "default"],
            OnDelete = OnDelete.RETAIN,
            ReleasedAt = At.AddMinutes(3),
            DeletedRow = new RowDeletion(World.Alpha, OnDelete.DELETE),
            LastReport = new LastReport(null, 41, ReportOutcome.Pending, ["wait"], At.AddMinutes(1)),
            EditedAt = At.AddMinutes(2),
            PropagatedAt = At.AddMinutes(3),
            AppliedAt = At.AddMinutes(4),
            ReportedAt = At.AddMinutes(5),
            DriftSeenAt = At.AddMinutes(6),
            Attempts = 7,
            NextAttemptAt = At.AddMinutes(8),
        };

        Assert.Equal(row, StatusItem.Parse(StatusItem.Format(row)));
    }

    [Fact]
    public void A_bare_row_survives_the_table()
    {
        var row = new StatusRow { Key = "not a scope", State = AccountState.Rejected, FirstSeenAt = At, Reasons = ImmutableArray<string>.Empty };

        Assert.Equal(row, StatusItem.Parse(StatusItem.Format(row)));
    }

    [Fact]
    public void A_row_stored_before_drift_had_codes_is_still_read()
    {
        var stored = StatusItem.Format(new StatusRow { Key = World.Alpha, State = AccountState.Pending, FirstSeenAt = At });
        stored["Drift"] = new AttributeValue
        {
            L = [new AttributeValue { S = "the parameter was changed or deleted by hand" }, new AttributeValue { S = "limit is 5 USD, should be 10 USD" }],
        };
        Assert.Equal<DriftEntry>(
            [DriftEntry.ParameterChanged, DriftEntry.OfBudget("limit is 5 USD, should be 10 USD")],
            StatusItem.Parse(stored).Drift);
    }
}
