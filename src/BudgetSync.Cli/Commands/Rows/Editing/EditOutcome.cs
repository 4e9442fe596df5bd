using System.Globalization;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// How many rows an edit wrote. Its file is written before the first row is and says what was planned, so this lies beside it: in a folder of its own, under
/// the checksum that names the edit wherever its file is.
/// </summary>
internal static class EditOutcome
{
    private const string Folder = "written";

    /// <summary>Stands behind the count of an edit that came to its end: rows it did not write then are none of its any more.</summary>
    private const string End = " ended";

    /// <summary>Keeps it; where that is not possible the edit is made all the same, and its list says that it is not known.</summary>
    /// <param name="written">Null where it is not known.</param>
    /// <param name="ended">True where every row was written, or left as another edit wrote it.</param>
    public static void Keep(UndoFile edit, int? written, bool ended, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            Directory.CreateDirectory(FolderOf(environment));
            File.WriteAllText(PathOf(edit, environment), $"{written?.ToString(CultureInfo.InvariantCulture) ?? "-"}{(ended ? End : "")}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Said where it is missed.
        }
    }

    /// <summary>Null where the edit was killed before its end, or is from before this was kept.</summary>
    public static int? Of(UndoFile edit, IReadOnlyDictionary<string, string> environment) =>
        int.TryParse(Text(edit, environment).Replace(End, "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var written)
            ? written
            : null;

    /// <summary>False where it was interrupted, stopped between its waves or killed.</summary>
    public static bool IsEnded(UndoFile edit, IReadOnlyDictionary<string, string> environment) =>
        Text(edit, environment).EndsWith(End, StringComparison.Ordinal) || Of(edit, environment) >= edit.Header.Rows;

    /// <summary>For example <c>3 rows: 1 added, 2 changed</c>, or <c>33 of 300 rows written (planned: 300 changed)</c>.</summary>
    public static string Counts(UndoFile edit, IReadOnlyDictionary<string, string> environment)
    {
        var header = edit.Header;
        (int Count, string Word)[] counts = [(header.Added, "added"), (header.Changed, "changed"), (header.Removed, "removed")];
        var planned = string.Join(", ", counts.Where(entry => entry.Count > 0).Select(entry => $"{Number.Of(entry.Count)} {entry.Word}"));
        return Of(edit, environment) switch
        {
            null => $"{Number.Count(header.Rows, "row")} planned: {planned}; how many were written is not known",
            { } written when written < header.Rows => $"{Number.Of(written)} of {Number.Count(header.Rows, "row")} written (planned: {planned})",
            _ => $"{Number.Count(header.Rows, "row")}: {planned}",
        };
    }

    private static string Text(UndoFile edit, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return File.ReadAllText(PathOf(edit, environment));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string FolderOf(IReadOnlyDictionary<string, string> environment) => Path.Combine(UndoFolder.Of(environment), Folder);

    private static string PathOf(UndoFile edit, IReadOnlyDictionary<string, string> environment) => Path.Combine(FolderOf(environment), edit.Checksum);
}
