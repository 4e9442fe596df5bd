using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Aws.Tables;

/// <content>Restrictions of an account, written and read.</content>
internal static partial class StatusItem
{
    private static ItemWriter Restriction(Restriction restriction) => State(restriction.State, new ItemWriter()
        .Text("Id", restriction.Id)
        .Text("Budget", restriction.Budget)
        .Text("Rule", ResponseText.Format(restriction.Rule))
        .Day("PeriodStart", restriction.PeriodStart)
        .Day("PeriodEnd", restriction.PeriodEnd)
        .Text("Fact", restriction.Fact)
        .Text("HeldBack", restriction.HeldBack.Length > 0 ? restriction.HeldBack : null)
        .Texts("Remarks", restriction.Remarks)
        .Text("ApprovedBy", restriction.ApprovedBy)
        .Text("ReleasedBy", restriction.ReleasedBy)
        .Time("ConfirmedAt", restriction.ConfirmedAt)
        .Time("RecordedAt", restriction.RecordedAt)
        .Flag("IsBraked", restriction.IsBraked)
        .Flag("IsFinal", restriction.IsFinal)
        .Flag("IsWeighed", restriction.IsWeighed)
        .Map("Known", restriction.Known is { } known ? Known(known) : null));

    private static ItemWriter Known(KnownSpend known) => new ItemWriter()
        .Day("PeriodStart", known.PeriodStart)
        .Text("Unit", known.Unit)
        .Amount("Actual", known.Actual)
        .Amount("Forecast", known.Forecast)
        .Flag("IsPartial", known.IsPartial)
        .Amount("BurnPerDay", known.BurnPerDay)
        .Time("AnsweredAt", known.AnsweredAt)
        .Amount("AnsweredActual", known.AnsweredActual)
        .Flag("IsPaceAnswered", known.IsPaceAnswered);

    private static KnownSpend? Known(ItemReader item) => item.Day("PeriodStart") is { } start && item.Amount("Actual") is { } actual
        ? new KnownSpend(start, item.Text("Unit") ?? "", actual, item.Amount("Forecast"))
        {
            IsPartial = item.Flag("IsPartial"),
            BurnPerDay = item.Amount("BurnPerDay"),
            AnsweredAt = item.Time("AnsweredAt"),
            AnsweredActual = item.Amount("AnsweredActual"),
            IsPaceAnswered = item.Flag("IsPaceAnswered"),
        }
        : null;

    /// <summary>Null where a person has made it illegible: it is not asked for then, and what was done is given back.</summary>
    private static Restriction? Restriction(ItemReader item) =>
        item.Text("Id") is { } id && ResponseText.Parse(item.Text("Rule") ?? "") is { } rule && State(item) is { } state
            ? new Restriction(id, item.Text("Budget") ?? "", rule, state)
            {
                PeriodStart = item.Day("PeriodStart") ?? default,
                PeriodEnd = item.Day("PeriodEnd") ?? default,
                Fact = item.Text("Fact") ?? "",
                HeldBack = item.Text("HeldBack") ?? "",
                Remarks = item.Texts("Remarks"),
                ApprovedBy = item.Text("ApprovedBy"),
                ReleasedBy = item.Text("ReleasedBy"),
                ConfirmedAt = item.Time("ConfirmedAt"),
                RecordedAt = item.Time("RecordedAt"),
                IsBraked = item.Flag("IsBraked"),
                IsFinal = item.Flag("IsFinal"),
                IsWeighed = item.Flag("IsWeighed"),
                Known = item.Map("Known") is { } known ? Known(known) : null,
            }
            : null;

    private static ItemWriter State(RestrictionState state, ItemWriter item)
    {
        item.Text("State", state.Name).Time("At", state.Time);
        return state switch
        {
            RestrictionState.Failed(_, var reasons) => item.Texts("Reasons", reasons),
            RestrictionState.Revoked(_, var why) => item.Text("Why", why),
            RestrictionState.Lifted(_, var why) => item.Text("Why", why),
            RestrictionState.Cancelled(_, var why) => item.Text("Why", why),
            _ => item,
        };
    }

    private static RestrictionState? State(ItemReader item)
    {
        if (item.Time("At") is not { } at) return null;
        var why = item.Text("Why") ?? "";
        return item.Text("State") switch
        {
            nameof(RestrictionState.Watched) => new RestrictionState.Watched(at),
            nameof(RestrictionState.Planned) => new RestrictionState.Planned(at),
            nameof(RestrictionState.AwaitingApproval) => new RestrictionState.AwaitingApproval(at),
            nameof(RestrictionState.InForce) => new RestrictionState.InForce(at),
            nameof(RestrictionState.Failed) => new RestrictionState.Failed(at, item.Texts("Reasons")),
            nameof(RestrictionState.Revoked) => new RestrictionState.Revoked(at, why),
            nameof(RestrictionState.Lifted) => new RestrictionState.Lifted(at, why),
            nameof(RestrictionState.Cancelled) => new RestrictionState.Cancelled(at, why),
            _ => null,
        };
    }
}
