namespace BudgetSync.Aws.Logging;

/// <summary>What a log line tells. The numbers are stable: alarms and queries are written against them. New events take new numbers.</summary>
public enum LogEvent
{
    BatchHandled = 100,
    Propagated = 101,
    PropagateUnchanged = 102,
    PropagateRejected = 103,
    PropagateBlocked = 104,
    PropagateFailed = 105,
    PropagateMoved = 106,
    FannedOut = 107,
    RecordIgnored = 108,
    Applied = 200,
    ApplyPending = 201,
    ApplyRejected = 202,
    ApplyFailed = 203,
    ApplyMoved = 204,
    ChangeMade = 205,
    CustomResourceAnswered = 206,
    Removed = 207,
    ReportNotSent = 208,
    ReportCollected = 300,
    ReportIgnored = 301,
    SpendStateChanged = 302,
    SpokeDeployed = 303,
    Reconciled = 400,
    DeadLettersHandled = 401,
    ReconcileStopped = 402,
    UnknownFault = 900,
    Crashed = 901,
}
