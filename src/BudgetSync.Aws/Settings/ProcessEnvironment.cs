using System.Collections;

namespace BudgetSync.Aws.Settings;

/// <summary>The environment of this process as the dictionary that composition roots take.</summary>
public static class ProcessEnvironment
{
    public static IReadOnlyDictionary<string, string> Read() =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);
}
