namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>One budget at one moment of a time lapse.</summary>
/// <param name="Limit">Null where AWS has none.</param>
/// <param name="Spent">Null until AWS has computed it.</param>
/// <param name="Forecast">Null where AWS has none.</param>
/// <param name="State">The hub's word, from the account's last report: <c>OnTarget</c>; empty until there is one.</param>
/// <param name="Alerts">Thresholds that alerted, in this period and before, each time once.</param>
internal sealed record LapseRow(
    string AccountId,
    string Budget,
    decimal? Limit,
    string Unit,
    decimal? Spent,
    decimal? Forecast,
    string State,
    int Alerts)
{
    /// <summary>Where its budget actions stand: <c>EXECUTION_SUCCESS</c>; empty where it has none.</summary>
    public string Actions { get; init; } = "";

    /// <summary>What runs of what the account has: <c>3 of 3</c>; empty where nothing could be stopped.</summary>
    public string Running { get; init; } = "";

    /// <summary>Where the account's restriction stands: <c>InForce</c>; empty where it has none.</summary>
    public string Response { get; init; } = "";

    /// <summary>What is spent of the limit, in percent; null where either is not known or the limit is nothing.</summary>
    public decimal? Percent => Limit is > 0 and var limit && Spent is { } spent ? 100 * spent / limit : null;
}
