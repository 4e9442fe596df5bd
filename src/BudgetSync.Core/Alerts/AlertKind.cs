namespace BudgetSync.Core.Alerts;

/// <summary>What an alert is about. The names are part of the key that opens and resolves it at a provider.</summary>
public enum AlertKind
{
    /// <summary>A budget is Over, Critical or Shutdown.</summary>
    SpendState,

    /// <summary>AWS says that a notification of the budget is in alarm.</summary>
    Threshold,

    /// <summary>At the present rate the money ends within ten, seven or four days.</summary>
    Runway,

    /// <summary>AWS does not compute the budget, or nothing has looked at it: its other alerts cannot come.</summary>
    Blind,

    /// <summary>A restriction of the account is planned, waits for a person, or is in force.</summary>
    Restriction,

    /// <summary>AWS Cost Anomaly Detection finds the account's costs unusual.</summary>
    Anomaly,

    /// <summary>A budget of models is used to a part of it, or somebody is suspended for it; or Meter could not count calls.</summary>
    Ai,

    /// <summary>The account's spoke has not reported for a day: nothing of the account is seen. Or too many spokes have not, in one.</summary>
    SpokeSilent,

    /// <summary>An envelope is Over, Critical or Shutdown: what all accounts under its row have spent together.</summary>
    Envelope,

    /// <summary>How many alerts a channel did not get because of its rate.</summary>
    Overflow,

    /// <summary>How all accounts of a channel stand, every day or every week.</summary>
    Digest,

    /// <summary>A message that only tries a channel.</summary>
    Test,
}

/// <summary>Which of an alert's messages it is.</summary>
public enum AlertPhase
{
    /// <summary>The first one.</summary>
    Opened,

    /// <summary>It has become worse, or has reached a level that was not told yet.</summary>
    Escalated,

    /// <summary>It is still as it was, days later.</summary>
    Reminder,

    /// <summary>It is over. The same key that opened it closes it.</summary>
    Resolved,
}
