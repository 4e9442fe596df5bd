using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

/// <summary>The table of AI.md, cell by cell.</summary>
public sealed class AiTransitionTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = Then.AddHours(3);

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, AiState> States = new(StringComparer.Ordinal)
    {
        ["Active"] = new AiState.Active(),
        ["Warned"] = new AiState.Warned(),
        ["Critical"] = new AiState.Critical(),
        ["Exceeded"] = new AiState.Exceeded(),
        ["Grace"] = new AiState.Grace(Then, []),
        ["Grace, approved"] = new AiState.Grace(Then, []) { Approved = true },
        ["Suspended"] = new AiState.Suspended(Then),
        ["Suspended, to be taken off"] = new AiState.Suspended(Then, "why"),
        ["Suspended, to be taken off by hand"] = new AiState.Suspended(Then, "why", ByHand: true),
        ["Suspended, its pool ended"] = new AiState.Suspended(Then, AiTransition.PoolEnded),
        ["Restored"] = new AiState.Restored(Then, "why"),
        ["Restored by hand"] = new AiState.Restored(Then, "why", ByHand: true),
    };

    private static readonly Dictionary<string, AiEvent> Events = new(StringComparer.Ordinal)
    {
        ["within"] = new AiEvent.Found(AiStanding.Within, ResponseMode.ARMED, FiveMinutes),
        ["warned"] = new AiEvent.Found(AiStanding.Warned, ResponseMode.ARMED, FiveMinutes),
        ["critical"] = new AiEvent.Found(AiStanding.Critical, ResponseMode.ARMED, FiveMinutes),
        ["over, WATCH"] = new AiEvent.Found(AiStanding.Over, ResponseMode.WATCH, FiveMinutes),
        ["over, CONFIRM"] = new AiEvent.Found(AiStanding.Over, ResponseMode.CONFIRM, FiveMinutes),
        ["over, ARMED"] = new AiEvent.Found(AiStanding.Over, ResponseMode.ARMED, FiveMinutes),
        ["approved"] = new AiEvent.Approved("arn:aws:iam::999999999999:user/jane"),
        ["new window"] = new AiEvent.NewWindow(),
        ["pool ended"] = new AiEvent.PoolEnded(),
        ["taken back by a person"] = new AiEvent.RestoreAsked("arn:aws:iam::999999999999:user/jane", "a slip"),
        ["in force"] = new AiEvent.InForce(),
        ["not in force"] = new AiEvent.NotInForce(),
        ["refused"] = new AiEvent.Refused(["no"]),
    };

    public static TheoryData<string, string, string> Cells()
    {
        var lines = AiDocument.Table("transitions");
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
        var next = AiTransition.Next(States[state], Events[happened], Now);

        if (expected == "·") Assert.Same(States[state], next);
        else Assert.Equal(expected, Label(next));
    }

    [Fact]
    public void The_table_has_every_state_and_every_event()
    {
        var lines = AiDocument.Table("transitions");

        Assert.Equal(States.Keys, lines.Skip(1).Select(line => line[0]));
        Assert.Equal(Events.Keys, lines[0].Skip(1));
        Assert.Equal(Cases(typeof(AiState)), Names(States.Values));
        Assert.Equal(Cases(typeof(AiEvent)), Names(Events.Values));

        static IEnumerable<string> Cases(Type type) => type.GetNestedTypes().Select(nested => nested.Name).Order(StringComparer.Ordinal);

        static IEnumerable<string> Names(IEnumerable<object> cases) =>
            cases.Select(one => one.GetType().Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Only_IAM_leads_to_suspended_and_away_from_it()
    {
        foreach (var (state, (name, happened)) in States.SelectMany(state => Events.Select(one => (state, one))))
        {
            var next = AiTransition.Next(state.Value, happened, Now);

            if (state.Value is not AiState.Suspended && next is AiState.Suspended) Assert.Equal("in force", name);
            if (state.Value is AiState.Suspended && next is not AiState.Suspended) Assert.Equal("not in force", name);
        }
    }

    [Fact]
    public void One_grace_passes_before_a_suspension_and_calls_meanwhile_do_not_begin_it_again()
    {
        var state = AiTransition.Next(new AiState.Critical(), Events["over, ARMED"], Then);
        for (var minute = 1; minute < 5; minute++)
        {
            state = AiTransition.Next(state, Events["over, ARMED"], Then.AddMinutes(minute));
            Assert.False(state.AsksForSuspension(Then.AddMinutes(minute)));
        }

        Assert.True(state.AsksForSuspension(Then.AddMinutes(5)));
    }

    [Fact]
    public void A_suspension_that_was_undone_from_outside_is_due_at_once()
    {
        var state = AiTransition.Next(new AiState.Suspended(Then), new AiEvent.NotInForce(), Now);

        Assert.True(state.AsksForSuspension(Now));
    }

    [Fact]
    public void A_new_window_has_a_grace_of_its_own_also_where_the_last_suspension_is_still_in_force()
    {
        var state = AiTransition.Next(new AiState.Suspended(Then), new AiEvent.NewWindow(), Now);
        state = AiTransition.Next(state, Events["over, ARMED"], Now);
        Assert.True(state.AsksForRestoration);

        state = AiTransition.Next(state, new AiEvent.NotInForce(), Now);
        state = AiTransition.Next(state, Events["over, ARMED"], Now);

        Assert.Equal(new AiState.Grace(Now + FiveMinutes, []), state);
    }

    private static string Label(AiState state) => state switch
    {
        AiState.Grace { Approved: true } => "Grace, approved",
        AiState.Suspended { ByHand: true } => "Suspended, to be taken off by hand",
        AiState.Suspended { Ends: AiTransition.PoolEnded } => "Suspended, its pool ended",
        AiState.Suspended { Ends: not null } => "Suspended, to be taken off",
        AiState.Restored { ByHand: true } => "Restored by hand",
        _ => state.Name,
    };
}
