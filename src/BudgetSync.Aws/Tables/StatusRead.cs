using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <summary>That a status row was read, and what was there: null means that there is none, which is not the same as not having looked.</summary>
public sealed record StatusRead(StatusRow? Row);
