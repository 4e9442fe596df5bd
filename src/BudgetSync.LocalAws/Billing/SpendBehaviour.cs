namespace BudgetSync.LocalAws.Billing;

/// <summary>How an account's spend moves over the months.</summary>
public enum SpendBehaviour
{
    /// <summary>The same every week.</summary>
    Flat,

    /// <summary>6 % more every 30 days.</summary>
    Growing,

    /// <summary>More at the end of the year, less at its beginning, alike in every year.</summary>
    Seasonal,

    /// <summary>A quiet account with a day of six times as much now and then.</summary>
    Spiky,

    /// <summary>80 % more from one day on.</summary>
    Step,

    /// <summary>Half as much every 30 days from one day on, until nothing is left.</summary>
    Dying,
}
