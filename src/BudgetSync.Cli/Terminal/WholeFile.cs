namespace BudgetSync.Cli.Terminal;

/// <summary>
/// A file that a person names for a result. It is written whole or not at all: a full disk, or an end in the middle, leaves the one that is there.
/// </summary>
internal static class WholeFile
{
    /// <summary>Beside the file first, and flushed, so that its name never stands for a part. Where it is a link, what it leads to is replaced.</summary>
    /// <exception cref="IOException">It cannot be written, or is there and may not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static async Task WriteAsync(string path, byte[] bytes, bool overwrite, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(path);
        var target = new FileInfo(file) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } end ? end.FullName : file;
        var beside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(bytes, cancellation);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && overwrite && File.Exists(target)) File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
