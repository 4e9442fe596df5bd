namespace BudgetSync.Core.Rows.Editing;

/// <summary>A row that is asked for, and where in the input it stands.</summary>
/// <param name="Image">Null: there shall be none.</param>
/// <param name="Position">For people: <c>line 3</c>; "" where no file says it.</param>
/// <param name="Problems">What is wrong with the wish before anybody looks at its attributes.</param>
public sealed record WantedRow(string Key, RowImage? Image, string Position, EquatableArray<string> Problems);

/// <summary>What is wrong with a row, given all rows as they would stand after the edit; empty where nothing is.</summary>
public delegate EquatableArray<string> RowJudge(RowImage row, IReadOnlyDictionary<string, RowImage> then);
