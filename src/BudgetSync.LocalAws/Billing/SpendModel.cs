namespace BudgetSync.LocalAws.Billing;

/// <summary>
/// What an account spends, invented: a behaviour, weekdays, a block on the first of the month, and a little chance from a seed. The same model gives the same
/// amounts, however often and in whatever order it is asked.
/// </summary>
/// <param name="Behaviour">How it moves over the months.</param>
/// <param name="DailyAmount">Of an ordinary day, averaged over the week, before the behaviour acts on it.</param>
/// <param name="Begins">The first day with usage.</param>
public sealed record SpendModel(SpendBehaviour Behaviour, decimal DailyAmount, DateOnly Begins)
{
    private const string MainService = "Amazon Elastic Compute Cloud - Compute";

    /// <summary>What the ordinary part of a day is made of. What a behaviour adds is the main service's: more instances were started.</summary>
    private static readonly (string Service, decimal Share)[] Shares =
    [
        (MainService, 0.55m), ("Amazon Relational Database Service", 0.20m), ("Amazon Simple Storage Service", 0.15m), ("AWS Lambda", 0.10m),
    ];

    /// <summary>Where the small chances come from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Charged as a whole on the first of each month: support, subscriptions.</summary>
    public decimal FirstOfMonth { get; init; }

    /// <summary>Granted on the fifth of each month, as a negative amount.</summary>
    public decimal MonthlyCredit { get; init; }

    /// <summary>The part of an ordinary day that chance may add or take: 0.05 is 5 %.</summary>
    public decimal Noise { get; init; } = 0.05m;

    /// <summary>False: every day of the week is alike.</summary>
    public bool HasWeekdays { get; init; } = true;

    /// <summary>When <see cref="SpendBehaviour.Step"/> steps and <see cref="SpendBehaviour.Dying"/> begins to; null is 60 days after the beginning.</summary>
    public DateOnly? Turn { get; init; }

    /// <summary>What a whole day costs, line by line; nothing before the beginning.</summary>
    public IReadOnlyList<CostLine> On(DateOnly day)
    {
        if (day < Begins) return [];
        var ordinary = DailyAmount * Weekday(day) * Chance(day);
        var whole = ordinary * SpendFactor.Of(this, day);
        var lines = new List<CostLine>(Shares.Length + 2);
        foreach (var (service, share) in Shares)
        {
            var more = service == MainService ? Math.Max(0, whole - ordinary) : 0;
            Add(lines, service, "Usage", (Math.Min(ordinary, whole) * share) + more);
        }

        if (day.Day == 1) Add(lines, "AWS Support (Business)", "Support", FirstOfMonth);
        if (day.Day == 5) Add(lines, MainService, "Credit", -MonthlyCredit);
        return lines;
    }

    /// <summary>Seven of these add up to seven.</summary>
    private decimal Weekday(DateOnly day) => !HasWeekdays ? 1 : day.DayOfWeek switch
    {
        DayOfWeek.Saturday => 0.8m,
        DayOfWeek.Sunday => 0.7m,
        _ => 1.1m,
    };

    private decimal Chance(DateOnly day) => 1 + (Noise * ((2 * SeededChance.Of(Seed, day.DayNumber)) - 1));

    private static void Add(List<CostLine> lines, string service, string recordType, decimal amount)
    {
        // Ten decimals, as Cost Explorer writes amounts.
        if (decimal.Round(amount, 10) is not 0 and var rounded) lines.Add(new CostLine(service, recordType, rounded));
    }
}
