using System.Globalization;

namespace BudgetSync.Core.Ai;

/// <summary>What was used of a budget, for people.</summary>
internal static class AiText
{
    /// <summary><c>$0.93 of $1.00 (93 %), mostly amazon.nova-pro-v1:0 in us-east-1</c></summary>
    public static string Used(AiLine line)
    {
        var mostly = line.Mostly.Length > 0 ? $", mostly {line.Mostly}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Dollars(line.Spent)} of {Dollars(line.Limit)} ({line.Percent} %){mostly}");
    }

    /// <summary>What to do with what waits in Meter's dead-letter queue.</summary>
    public const string SendAgain = "read one of the queue BudgetSync-Meter-DeadLetters, mend what it names, and invoke Meter with its requestPayload";

    /// <summary><c>3 messages wait in Meter's dead-letter queue</c></summary>
    public static string DeadLetters(AiRegion region)
    {
        var wait = region.DeadLetters == 1 ? "message waits" : "messages wait";
        return string.Create(CultureInfo.InvariantCulture, $"{region.DeadLetters ?? 0:#,0} {wait} in Meter's dead-letter queue");
    }

    /// <summary><c>1,050 calls</c>: those of this UTC day whose caller the log does not tell.</summary>
    public static string Unjoined(AiRegion region) =>
        string.Create(CultureInfo.InvariantCulture, $"{region.UnjoinedCalls:#,0} {(region.UnjoinedCalls == 1 ? "call" : "calls")}");

    /// <summary><c>1,200,000 tokens by bedrock-mantle</c>: those of this UTC day that no log has.</summary>
    public static string Mantle(AiRegion region) =>
        string.Create(CultureInfo.InvariantCulture, $"{region.MantleTokens ?? 0:#,0} {(region.MantleTokens == 1 ? "token" : "tokens")} by bedrock-mantle");

    /// <summary>Texts of a report are a sentence; what is longer is cut.</summary>
    private const int MostLetters = 500;

    public static string Cut(string text) => text.Length <= MostLetters ? text : string.Concat(text.AsSpan(0, MostLetters - 1), "…");

    /// <summary>Without trailing zeros: <c>12.5</c>.</summary>
    public static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Whole cents, rounded down.</summary>
    public static string Dollars(decimal amount) =>
        string.Create(CultureInfo.InvariantCulture, $"${decimal.Round(amount, 2, MidpointRounding.ToZero):#,0.00}");
}
