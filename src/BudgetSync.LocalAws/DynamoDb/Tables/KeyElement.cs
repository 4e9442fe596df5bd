namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>One attribute of a table's primary key.</summary>
/// <param name="Type">S, N or B.</param>
/// <param name="Role">HASH or RANGE.</param>
internal sealed record KeyElement(string Name, string Type, string Role);
