namespace BudgetSync.Cli.Terminal;

/// <summary>How this tool was started, as a person can start it again from any folder: the first words of what is printed to be pasted.</summary>
internal static class Invocation
{
    private const string Tool = "budgetsync";

    /// <param name="program">The running program: dotnet, or the tool's own host.</param>
    /// <param name="assembly">The tool's assembly, which dotnet runs.</param>
    /// <param name="project">Its project in the repository it was built in; null where it was installed.</param>
    public static string Of(string? program, string assembly, string? project, IReadOnlyDictionary<string, string> environment)
    {
        var name = Path.GetFileNameWithoutExtension(program) ?? "";
        if (name == "dotnet") return $"dotnet {ShellWord.Quote(assembly)}";
        // Shells say in "_" what they ran; 'dotnet run' starts the same host as a person does who names it.
        var named = Path.GetFileNameWithoutExtension(environment.GetValueOrDefault("_")) == Tool;
        if (project is not null && !named) return $"dotnet run --project {ShellWord.Quote(project)} --";
        return program is null || IsOnPath(program, environment) ? Tool : ShellWord.Quote(program);
    }

    private static bool IsOnPath(string program, IReadOnlyDictionary<string, string> environment) =>
        (environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Path.GetFileName(program)))
            .FirstOrDefault(File.Exists) is { } first && Path.GetFullPath(first) == Path.GetFullPath(program);
}
