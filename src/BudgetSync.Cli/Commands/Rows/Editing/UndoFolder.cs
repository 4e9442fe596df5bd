using System.Globalization;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The folder in which edits leave their files, where no other place is named.</summary>
internal static class UndoFolder
{
    private const string Folder = ".budgetsync";

    /// <summary>Edits of one millisecond that still find a name.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>BUDGETSYNC_HOME, else .budgetsync in the home folder, else in the current one.</summary>
    public static string Of(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("BUDGETSYNC_HOME") is { Length: > 0 } own ? own
            : Path.Combine(environment.GetValueOrDefault("HOME") ?? environment.GetValueOrDefault("USERPROFILE") ?? ".", Folder, "edits");

    /// <summary>The file that a person means: a bare name that is not in the current folder is one of the edits' folder.</summary>
    public static string Find(string path, IReadOnlyDictionary<string, string> environment) =>
        Path.GetFileName(path) == path && !File.Exists(path) && Path.Combine(Of(environment), path) is var there && File.Exists(there) ? there : path;

    /// <summary>The files in that folder, the newest first; what is said of one that cannot be read must not hide the others.</summary>
    public static IReadOnlyList<UndoFile> All(IReadOnlyDictionary<string, string> environment, Action<string>? unreadable = null)
    {
        var files = new List<UndoFile>();
        foreach (var path in Paths(environment))
        {
            try
            {
                files.Add(UndoFile.Read(path));
            }
            catch (CommandException problem)
            {
                unreadable?.Invoke(problem.Message);
            }
        }

        return files;
    }

    /// <summary>The newest of those wanted that can be read: one that was cut off while it was written is of an edit that never began.</summary>
    public static UndoFile? Newest(IReadOnlyDictionary<string, string> environment, Func<UndoHeader, bool> wanted)
    {
        foreach (var path in Paths(environment))
        {
            try
            {
                if (UndoFile.Read(path) is var file && wanted(file.Header)) return file;
            }
            catch (CommandException)
            {
                // 'rows undo --list' says what is wrong with it.
            }
        }

        return null;
    }

    /// <summary>The edit that others went on with until this one; itself where it stands alone or where that file is no longer in the folder.</summary>
    public static UndoFile First(UndoFile edit, IReadOnlyList<UndoFile> all)
    {
        while (edit.Header.Origin is { Kind: EditKind.Resume, Of: var of } && all.FirstOrDefault(other => other.Checksum == of) is { } before) edit = before;
        return edit;
    }

    /// <summary>The newest first, by the time that each says itself: a name may be a person's. Of one time the later number is the newer.</summary>
    private static IReadOnlyList<string> Paths(IReadOnlyDictionary<string, string> environment) => Directory.Exists(Of(environment))
        ?
        [
            .. Directory.EnumerateFiles(Of(environment), "*.jsonl")
                .OrderByDescending(MadeAt, StringComparer.Ordinal)
                .ThenByDescending(NumberOf)
                .ThenByDescending(path => path, StringComparer.Ordinal)
        ]
        : [];

    /// <summary>"" where the file cannot be read, which is said where it is read whole.</summary>
    private static string MadeAt(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            return file.ReadLine() is { } line && UndoLine.Header(line) is { } header ? header.ChangedAt : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Of <c>20260302T100000.000Z-2.jsonl</c> 2, as <see cref="Create"/> names it; 0 of any other.</summary>
    private static int NumberOf(string path) =>
        Path.GetFileNameWithoutExtension(path).Split("Z-") is [_, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var later)
            ? later
            : 0;

    /// <summary>
    /// A new file of an edit made at that time. Two edits in one millisecond are rare and must neither share a file nor stop each other, so the file is made as
    /// its name is chosen: a name that was free a moment ago may be taken.
    /// </summary>
    public static FileStream Create(string folder, string at)
    {
        Directory.CreateDirectory(folder);
        var name = at.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(folder, number == 0 ? $"{name}.jsonl" : $"{name}-{number}.jsonl");
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            }
            catch (IOException) when (number < MostAtOnce && File.Exists(path))
            {
                // Another edit has just taken it.
            }
        }
    }
}
