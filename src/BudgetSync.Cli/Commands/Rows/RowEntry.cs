using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>One row of a file, and where it stands there.</summary>
/// <param name="Position">For people: <c>line 3</c>.</param>
/// <param name="Problems">
/// What is wrong with the row as the file holds it (fields that do not line up, a key given twice), before Core looks at its attributes.
/// </param>
internal sealed record RowEntry(RowImage Image, string Position, IReadOnlyList<string> Problems)
{
    /// <summary>The attributes that the file has a column for, with something in it or not; none where a file's rows name their attributes each.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Where the row's parts stand in a JSON file; null where that is not known, or the row stands in one line.</summary>
    public JsonPlaces? Places { get; init; }

    /// <summary>True where what the row was meant to say is not all in it: cells that are missing or too many, or that could not be read.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Where what a problem of the row names stands, for people: <c>line 4</c>; else where the row does.</summary>
    public string PlaceOf(string problem) => Places?.Of(problem) ?? Position;
}
