using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tests.Tables;

public sealed class StatusItemTests
{
    private static readonly DateTimeOffset At = World.Start.AddTicks(1234567);

    private static readonly BudgetPeriod March = BudgetPeriod.Of(TimeUnit.MONTHLY, new DateOnly(2026, 3, 2));

    private static readonly SpendMemory Memory = new()
    {
        State = SpendState.Critical,
        Period = March,
        Limit = 1000,
        Actual = 1210.40m,
        Forecast = 1890,
        AmountsAt = At,
        ActualSince = At.AddHours(-4),
        LastLookAt = At.AddHours(1),
        Falling = [new FallingState(SpendState.Over, At.AddMinutes(2))],
        ForecastCriticalSince = At.AddMinutes(3),
        ForecastShutdownSince = At.AddMinutes(4),
        UnusedPeriods = 3,
        FirstSpentOn = new DateOnly(2026, 1, 2),
        LastSpentOn = new DateOnly(2026, 3, 2),
        RunwayLevel = 7,
        RunwayOver = true,
        Alarms =
        [
            new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 80.5m, ThresholdType.PERCENTAGE),
            new NotificationKey(NotificationType.FORECASTED, ComparisonOperator.LESS_THAN, 5, ThresholdType.ABSOLUTE_VALUE),
        ],
    };

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
                new ReportedBudget("B", null, "", null, null, SpendState.Unknown) { HealthProblem = "BILLING_VIEW_NO_ACCESS", HealthSince = At.AddDays(-1) },
                new ReportedBudget("C", 5, "USD", 1, null, SpendState.Under) { AsOf = At, Period = March, Missing = true }
            ],
            Spend =
            [
                new SpendStanding("A", Memory with { Freshness = new Freshness.Held(At, "it was written") }),
                new SpendStanding("B", Memory with { Freshness = new Freshness.Blind([new BlindReason(BlindCause.Frozen, "has stood still")]) })
                {
                    Why = ["actual 121.0 % is at or above 120"],
                    Pace = 1.0000000000000000000000000001m,
                    BurnPerDay = 61.2m,
                    RunwayDays = 0,
                    ExhaustedOn = new DateOnly(2026, 3, 14),
                },
                new SpendStanding("C", SpendMemory.None),
            ],
            Untold = [new SpendEvent(SpendEvent.StateChanged, """{"version":2}""")],
            Drift = [DriftEntry.ParameterChanged, DriftEntry.OfBudget("drifted")],
            Adopted = ["taken over"],
            Path = ["ou-abcd-12345678", "r-abcd"],
            AccountName = "payments-dev",
            RecentRevisions = ["0123456789abcdef", "fedcba9876543210"],
            From = [World.Alpha, "default"],
            OnDelete = OnDelete.RETAIN,
            ReleasedAt = At.AddMinutes(3),
            DeletedRow = new RowDeletion(World.Alpha, OnDelete.DELETE),
            LastReport = new LastReport(null, 41, ReportOutcome.Pending, ["wait"], At.AddMinutes(1)) { StackDeleted = true },
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
    public void Restrictions_in_every_state_come_back_as_they_were()
    {
        RestrictionState[] states =
        [
            new RestrictionState.Watched(At), new RestrictionState.Planned(At), new RestrictionState.AwaitingApproval(At), new RestrictionState.InForce(At),
            new RestrictionState.Failed(At, ["one", "two"]), new RestrictionState.Revoked(At, "why"), new RestrictionState.Lifted(At, "why"),
            new RestrictionState.Cancelled(At, "why"),
        ];
        var rule = ResponseText.Parse("""{"At":"110","Do":"STOP_TAGGED","Tag":"env=test","Mode":"ARMED","Until":"MANUAL"}""")!; // It is one.
        var row = new StatusRow
        {
            Key = World.Alpha,
            State = AccountState.Applied,
            FirstSeenAt = At,
            Restricts = true,
            Topics = [new("arn:aws:sns:us-east-1:111122223333:a", true, "there is no such topic"), new("arn:aws:sns:us-east-1:111122223333:b", false, "key")],
            Meters = true,
            AiStopped = true,
            AiCarried = "0123456789abcdef",
            AiNotCarried = "the rows of the account are wrong, and AWS is away",
            Ai = new AiReport(At)
            {
                Lines = [new AiLine(new AiSubject.Pool("research"), AiWindow.Daily.Of(At), 0.5m, 1, ResponseMode.ARMED, new AiState.Suspended(At, "why"))],
            },
            AiRequests = [new AiRequest(new AiSubject.Account(), AiRequestKind.Approve, At, "arn:aws:iam::999999999999:user/jane", "enough")],
            Restrictions =
            [
                .. states.Select((state, number) => new Restriction($"r-00000000000{number}", "team-a", rule, state)
                {
                    PeriodStart = new DateOnly(2026, 11, 1),
                    PeriodEnd = new DateOnly(2026, 12, 1),
                    Fact = "a fact",
                    HeldBack = number == 1 ? "why not" : "",
                    Remarks = number == 1 ? ["role/x is exempt", "role/y is not there"] : [],
                    ApprovedBy = number == 3 ? "arn:aws:iam::999999999999:user/jane" : null,
                    ReleasedBy = number == 4 ? "arn:aws:iam::999999999999:user/jane" : null,
                    ConfirmedAt = number == 5 ? At : null,
                    RecordedAt = number == 4 ? At : null,
                    IsFinal = number == 7,
                    Known = number == 3 ? new KnownSpend(new DateOnly(2026, 11, 1), "USD", 1050.25m, 1300)
                    {
                        IsPartial = true, BurnPerDay = 12.5m, AnsweredAt = At, AnsweredActual = 900, IsPaceAnswered = true,
                    }
                        : number == 4 ? new KnownSpend(new DateOnly(2026, 11, 1), "USD", 0, null)
                        : null,
                }),
            ],
            IsToBeAsked = true,
            IsShut = true,
            AskedAt = At,
            Told = new ToldChanges(At, 12) { IsMissed = true },
            RestrictionsAt = At,
            Deeds = [new RecordedDeed("5Qm9", At.AddSeconds(-10), At)],
            Unrecorded = [new LedgerEntry(At, "r-000000000003", "InForce", "text") { By = "jane", Rule = "{}", Facts = ["fact"] }],
        };

        Assert.Equal(row, StatusItem.Parse(StatusItem.Format(row)));
        Assert.Equal(8, StatusItem.Parse(StatusItem.Format(row)).Restrictions.Select(restriction => restriction.State.Name).Distinct().Count());
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
