using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Restrictions;

/// <summary>The table of RESPONSES.md, cell by cell.</summary>
public sealed class RestrictionTransitionTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = Then.AddHours(3);

    private static readonly Dictionary<string, RestrictionState?> States = new(StringComparer.Ordinal)
    {
        ["none"] = null,
        ["Watched"] = new RestrictionState.Watched(Then),
        ["Planned"] = new RestrictionState.Planned(Then),
        ["AwaitingApproval"] = new RestrictionState.AwaitingApproval(Then),
        ["InForce"] = new RestrictionState.InForce(Then),
        ["Failed"] = new RestrictionState.Failed(Then, ["no"]),
        ["Revoked"] = new RestrictionState.Revoked(Then, "why"),
        ["Lifted"] = new RestrictionState.Lifted(Then, "why"),
        ["Cancelled"] = new RestrictionState.Cancelled(Then, "why"),
    };

    private static readonly Dictionary<string, RestrictionEvent[]> Events = new(StringComparer.Ordinal)
    {
        ["found, WATCH"] = [new RestrictionEvent.Found(ResponseMode.WATCH, TimeSpan.FromHours(1))],
        ["found, CONFIRM or ARMED"] =
        [
            new RestrictionEvent.Found(ResponseMode.CONFIRM, TimeSpan.FromHours(1)),
            new RestrictionEvent.Found(ResponseMode.ARMED, TimeSpan.FromHours(1)),
        ],
        ["postponed"] = [new RestrictionEvent.Postponed(Now.AddHours(1))],
        ["reason gone"] = [new RestrictionEvent.Ended("its time is over")],
        ["due, CONFIRM"] = [new RestrictionEvent.Due(ResponseMode.CONFIRM)],
        ["due, ARMED"] = [new RestrictionEvent.Due(ResponseMode.ARMED)],
        ["approved"] = [new RestrictionEvent.Approved("arn:aws:iam::999999999999:user/jane")],
        ["not approved in time"] = [new RestrictionEvent.NotApproved()],
        ["taken back by a person"] = [new RestrictionEvent.LiftAsked("arn:aws:iam::999999999999:user/jane", "a slip")],
        ["carried out"] = [new RestrictionEvent.Done()],
        ["refused"] = [new RestrictionEvent.Refused(["no"])],
        ["given back"] = [new RestrictionEvent.GivenBack()],
    };

    public static TheoryData<string, string, string> Cells()
    {
        var lines = ResponseDocument.Table("transitions");
        var cells = new TheoryData<string, string, string>();
        foreach (var line in lines.Skip(1))
        {
            for (var column = 1; column < line.Length; column++) cells.Add(line[0], lines[0][column], line[column]);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_state_and_an_event_lead_where_the_table_says(string state, string happened, string expected)
    {
        foreach (var @event in Events[happened])
        {
            var next = RestrictionTransition.Next(States[state], @event, Now);

            if (expected == "·") Assert.Same(States[state], next);
            else Assert.Equal(expected, next?.Name);
        }
    }

    [Fact]
    public void The_table_has_every_state_and_every_event()
    {
        var lines = ResponseDocument.Table("transitions");

        Assert.Equal(States.Keys, lines.Skip(1).Select(line => line[0]));
        Assert.Equal(Events.Keys, lines[0].Skip(1));
        Assert.Equal(
            Cases(typeof(RestrictionState)),
            States.Values.OfType<RestrictionState>().Select(state => state.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            Cases(typeof(RestrictionEvent)),
            Events.Values.SelectMany(events => events).Select(@event => @event.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        static IEnumerable<string> Cases(Type type) => type.GetNestedTypes().Select(nested => nested.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Times_and_reasons_go_along()
    {
        var armed = new RestrictionEvent.Found(ResponseMode.ARMED, TimeSpan.FromHours(2));

        Assert.Equal(new RestrictionState.Planned(Now.AddHours(2)), RestrictionTransition.Next(null, armed, Now));
        Assert.Equal(
            new RestrictionState.AwaitingApproval(Now.AddHours(24)),
            RestrictionTransition.Next(States["Planned"], new RestrictionEvent.Due(ResponseMode.CONFIRM), Now));
        Assert.Equal(
            new RestrictionState.Failed(Then, ["other"]),
            RestrictionTransition.Next(States["Failed"], new RestrictionEvent.Refused(["other"]), Now));
        Assert.Equal(new RestrictionState.InForce(Then), RestrictionTransition.Next(States["Failed"], new RestrictionEvent.Done(), Now));
        Assert.Equal(new RestrictionState.Lifted(Now, "why"), RestrictionTransition.Next(States["Revoked"], new RestrictionEvent.GivenBack(), Now));
        Assert.Equal(
            new RestrictionState.Cancelled(Now, "was not approved within 1d"),
            RestrictionTransition.Next(States["AwaitingApproval"], new RestrictionEvent.NotApproved(), Now));
    }
}
