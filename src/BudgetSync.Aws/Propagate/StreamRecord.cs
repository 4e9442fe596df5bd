namespace BudgetSync.Aws.Propagate;

/// <summary>
/// What of a stream record counts: that a row was touched, where it stands in the stream, and when. Its images are not looked at, because they may be old.
/// </summary>
/// <param name="SequenceNumber">21 to 40 digits: compared as numbers, never as text of different lengths.</param>
/// <param name="At">When the row was edited, by DynamoDB's clock, which may be cut to the second.</param>
public sealed record StreamRecord(string Key, string SequenceNumber, DateTimeOffset? At);
