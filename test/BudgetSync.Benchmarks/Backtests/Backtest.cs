using System.Globalization;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Benchmarks.Backtests;

/// <summary>
/// Each method sets each month's limit from the months before it, as if it had run on the first; then the month comes. A false alert is an ordinary month above
/// its limit, a missed overrun one that somebody must hear of and that stayed below.
/// </summary>
internal static class Backtest
{
    private const int Accounts = 200;
    private const int Months = 24;

    /// <summary>The first months are history alone: each method has its six months by then.</summary>
    private const int FirstJudged = 6;

    private static readonly (string Name, Func<IReadOnlyList<decimal>, decimal?> Limit)[] Methods =
    [
        ("robust", Robust),
        ("1.1 × mean", months => months.TakeLast(6).Average() * 1.1m),
        ("1.1 or 1.2 × mean", months => SimpleEstimate.Of([.. months]).Amount),
        // "The number of budget periods included in the moving-average calculation" (API reference, HistoricalOptions), six as in AWS's own example.
        ("HISTORICAL", months => months.TakeLast(6).Average()),
    ];

    public static int Run(int seed)
    {
        var table = Enum.GetValues<SpendBehaviour>().Select(behaviour => (behaviour, Scores: Judge(behaviour, seed))).ToList();
        Console.WriteLine($"{Accounts} accounts of each behaviour, {Months} months, the first {FirstJudged} as history; seed {seed}");
        Console.WriteLine("false alerts + missed overruns = errors; in brackets the limit against an ordinary month, in the middle");
        Console.WriteLine();
        Console.WriteLine($"| behaviour | ordinary | overruns | {string.Join(" | ", Methods.Select(method => method.Name))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(Methods.Select(_ => "---|"))}");
        foreach (var (behaviour, scores) in table) Console.WriteLine(Line(behaviour.ToString(), scores));
        var sums = Methods.Select((_, method) => table.Select(row => row.Scores[method]).Aggregate(Score.Add)).ToArray();
        Console.WriteLine(Line("all", sums));
        return sums.Skip(1).All(other => sums[0].Errors < other.Errors) ? 0 : 1;
    }

    private static decimal? Robust(IReadOnlyList<decimal> months) =>
        // As the command would: the first month is dropped, for nobody knows that it was a whole one.
        RobustEstimate.Of([.. months.Skip(1)]).Amount is { } amount ? Recommender.RoundUp(amount) : null;

    private static Score[] Judge(SpendBehaviour behaviour, int seed)
    {
        var scores = Methods.Select(_ => new Score(0, 0, 0, 0, [])).ToArray();
        for (var account = 0; account < Accounts; account++)
        {
            var months = MadeAccount.Months(behaviour, new Random(seed + (1_000 * account) + (int)behaviour), Months);
            for (var method = 0; method < Methods.Length; method++)
            {
                // Where a method says no number, the one before stays; where there was none, there is no alert at all.
                decimal? limit = null;
                for (var month = FirstJudged; month < Months; month++)
                {
                    limit = Methods[method].Limit([.. months.Take(month).Select(made => made.Amount)]) ?? limit;
                    scores[method] = scores[method].With(months[month], limit);
                }
            }
        }

        return scores;
    }

    private static string Line(string name, Score[] scores) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {scores[0].Ordinary} | {scores[0].Overruns} | {string.Join(" | ", scores.Select(score => score.Text))} |");

    private sealed record Score(int Ordinary, int Overruns, int False, int Missed, List<decimal> Ratios)
    {
        public int Errors => False + Missed;

        public string Text
        {
            get
            {
                var ratio = Ratios.Count == 0 ? 0 : Ratios.Order().ElementAt(Ratios.Count / 2);
                return string.Create(CultureInfo.InvariantCulture, $"{False} + {Missed} = {Errors} ({ratio:0.00})");
            }
        }

        public static Score Add(Score one, Score other) => new(
            one.Ordinary + other.Ordinary,
            one.Overruns + other.Overruns,
            one.False + other.False,
            one.Missed + other.Missed,
            [.. one.Ratios, .. other.Ratios]);

        public Score With(MadeMonth month, decimal? limit)
        {
            if (month.Ordinary && limit is { } known && month.Amount > 0) Ratios.Add(known / month.Amount);
            return month.Ordinary
                ? this with { Ordinary = Ordinary + 1, False = False + (month.Amount > limit ? 1 : 0) }
                : this with { Overruns = Overruns + 1, Missed = Missed + (month.Amount > limit ? 0 : 1) };
        }
    }
}
