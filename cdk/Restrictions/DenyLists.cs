using System.Collections.Immutable;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>The calls that restrictions deny, from <c>deny-lists.txt</c>, which names where AWS publishes them.</summary>
internal static class DenyLists
{
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Sections = Read();

    /// <summary>Calls that make something that costs, or start it.</summary>
    public static ImmutableArray<string> New => Sections["new"];

    /// <summary>Calls of AI models.</summary>
    public static ImmutableArray<string> Ai => [.. Sections["ai"], .. Sections["ai-more"]];

    private static ImmutableDictionary<string, ImmutableArray<string>> Read()
    {
        using var stream = typeof(DenyLists).Assembly.GetManifestResourceStream("deny-lists.txt")
            ?? throw new InvalidOperationException("deny-lists.txt is not in the assembly; the project file embeds it.");
        using var reader = new StreamReader(stream);
        var sections = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') sections[section = line.Trim('[', ']')] = [];
            else if (line.Split(':', StringSplitOptions.TrimEntries) is [var service, var actions])
                sections[section] = sections[section].AddRange(actions.Split(' ').Select(action => $"{service}:{action}"));
            else throw new InvalidOperationException($"deny-lists.txt: \"{line}\" is neither a section nor a service with its actions.");
        }

        return sections.ToImmutable();
    }
}
