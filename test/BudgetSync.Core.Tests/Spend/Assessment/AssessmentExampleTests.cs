using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Tests.Spend.Assessment;

/// <summary>The worked examples of Spend's README that are about states.</summary>
public sealed class AssessmentExampleTests
{
    [Fact]
    public void The_state_by_the_amount_is_the_one_worked_out_by_hand()
    {
        var assessment = Looks.First(Looks.At(Looks.Noon12, 1_210.40m));
        WorkedExamples.Hold("state by the amount", "Critical", assessment.State.ToString());
        Assert.Equal(["actual 121.0 % is at or above 120"], assessment.Why);
    }

    [Fact]
    public void The_state_by_a_settled_forecast_is_the_one_worked_out_by_hand()
    {
        var bounds = SpendBounds.Default with { ForecastCriticalFrom = 130, ForecastShutdownFrom = 172 };
        var look = Looks.At(Looks.Noon12.AddHours(-12), 640, 1_730) with { Days = Looks.FirstExample };
        var first = Looks.First(look, bounds);
        WorkedExamples.Hold("state by the forecast", "Critical", first.State.ToString());
        Assert.Equal(["actual 64.0 % is below 80", "settled forecast 173.0 % is at or above 130"], first.Why);
        var second = first.Then(look with { At = look.At.AddHours(20) }, bounds);
        WorkedExamples.Hold("state by the forecast, 20 hours later", "Shutdown", second.State.ToString());
        Assert.Equal(SpendState.Critical, first.Then(look with { At = look.At.AddHours(19) }, bounds).State);
    }

    [Fact]
    public void The_states_in_force_while_falling_are_the_ones_worked_out_by_hand()
    {
        var midnight = Looks.Noon12.AddHours(-12);
        (int Hour, decimal Actual)[] looks = [(0, 1_005), (4, 999), (8, 798), (12, 799), (16, 799)];
        var states = new List<SpendState>();
        var memory = SpendMemory.None;
        foreach (var (hour, actual) in looks)
        {
            var assessment = SpendAssessment.Of(memory, Looks.At(midnight.AddHours(hour), actual), SpendBounds.Default);
            memory = assessment.Memory;
            states.Add(assessment.State);
        }

        WorkedExamples.Hold("states in force", "Over, Over, Over, OnTarget, Under", string.Join(", ", states));
    }

    [Fact]
    public void The_runway_level_is_the_one_worked_out_by_hand()
    {
        var assessment = Looks.First(Looks.At(Looks.Noon12, 640) with { Days = Looks.FirstExample });
        WorkedExamples.Hold("runway level", "7", (decimal?)assessment.RunwayLevel);
    }
}
