namespace BudgetSync.Aws.Track;

/// <summary>What one run of Track did.</summary>
/// <param name="Requests">Requests of Cost Explorer, each at $0.01.</param>
/// <param name="Accounts">Accounts that cost anything this month.</param>
/// <param name="Days">Days of accounts that were written.</param>
/// <param name="Capped">True where the day's requests were used up before all was asked.</param>
public sealed record TrackAnswer(int Requests, int Accounts, int Days, bool Capped);
