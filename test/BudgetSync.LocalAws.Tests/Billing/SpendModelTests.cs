using BudgetSync.LocalAws.Billing;

namespace BudgetSync.LocalAws.Tests.Billing;

public sealed class SpendModelTests
{
    private static readonly DateOnly Begins = new(2025, 1, 6);

    [Fact]
    public void A_model_answers_the_same_whatever_it_was_asked_before()
    {
        var model = Model(SpendBehaviour.Spiky) with { Seed = 7 };
        var days = Enumerable.Range(0, 100).Select(Begins.AddDays).ToList();

        var forwards = days.Select(Whole(model)).ToList();
        var backwards = days.AsEnumerable().Reverse().Select(Whole(model with { })).Reverse();

        Assert.Equal(forwards, backwards);
        Assert.NotEqual(forwards, days.Select(Whole(model with { Seed = 8 })));
        Assert.Empty(model.On(Begins.AddDays(-1)));
    }

    [Fact]
    public void A_week_costs_seven_days_and_its_end_less()
    {
        var model = Model(SpendBehaviour.Flat) with { HasWeekdays = true };

        Assert.Equal(700, Enumerable.Range(0, 7).Sum(day => Whole(model)(Begins.AddDays(day))));
        Assert.Equal(110, Whole(model)(Begins));
        Assert.Equal(70, Whole(model)(Begins.AddDays(6)));
    }

    [Theory]
    [InlineData(SpendBehaviour.Flat, 300, 100)]
    [InlineData(SpendBehaviour.Growing, 15, 103)]
    [InlineData(SpendBehaviour.Growing, 60, 112.36)]
    [InlineData(SpendBehaviour.Seasonal, 0, 85)]
    [InlineData(SpendBehaviour.Seasonal, 345, 140)]
    [InlineData(SpendBehaviour.Step, 59, 100)]
    [InlineData(SpendBehaviour.Step, 60, 180)]
    [InlineData(SpendBehaviour.Dying, 60, 100)]
    [InlineData(SpendBehaviour.Dying, 90, 50)]
    [InlineData(SpendBehaviour.Dying, 105, 37.5)]
    [InlineData(SpendBehaviour.Dying, 240, 0)]
    public void Each_behaviour_has_its_course(SpendBehaviour behaviour, int day, decimal amount) =>
        Assert.Equal(amount, Whole(Model(behaviour))(Begins.AddDays(day)));

    [Fact]
    public void A_spiky_account_is_quiet_but_for_a_day_of_six_times_as_much()
    {
        var days = Enumerable.Range(0, 500).Select(day => Whole(Model(SpendBehaviour.Spiky))(Begins.AddDays(day))).ToList();

        Assert.Equal([80m, 600m], days.Distinct().Order());
        Assert.InRange(days.Count(day => day == 600), 5, 50);
    }

    [Fact]
    public void Chance_moves_a_day_by_no_more_than_it_may()
    {
        var model = Model(SpendBehaviour.Flat) with { Noise = 0.05m };
        var days = Enumerable.Range(0, 200).Select(day => Whole(model)(Begins.AddDays(day))).ToList();

        Assert.All(days, day => Assert.InRange(day, 95, 105));
        Assert.True(days.Distinct().Count() > 150);
    }

    [Fact]
    public void A_month_has_its_first_day_and_its_credit()
    {
        var model = Model(SpendBehaviour.Flat) with { FirstOfMonth = 30, MonthlyCredit = 12.5m };

        Assert.Equal(30, model.On(new(2025, 2, 1)).Single(line => line.RecordType == "Support").Amount);
        Assert.Equal(-12.5m, model.On(new(2025, 2, 5)).Single(line => line.RecordType == "Credit").Amount);
        Assert.All(model.On(new(2025, 2, 2)), line => Assert.Equal("Usage", line.RecordType));
    }

    [Fact]
    public void What_a_step_adds_is_one_services()
    {
        var (before, after) = (Model(SpendBehaviour.Step).On(Begins.AddDays(59)), Model(SpendBehaviour.Step).On(Begins.AddDays(60)));

        Assert.Equal([55m, 20m, 15m, 10m], before.Select(line => line.Amount));
        Assert.Equal([135m, 20m, 15m, 10m], after.Select(line => line.Amount));
    }

    private static SpendModel Model(SpendBehaviour behaviour) => new(behaviour, 100, Begins) { Noise = 0, HasWeekdays = false };

    private static Func<DateOnly, decimal> Whole(SpendModel model) => day => model.On(day).Sum(line => line.Amount);
}
