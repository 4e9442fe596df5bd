namespace BudgetSync.LocalAws.Kernel;

/// <summary>An HTTP request without its transport: what came over the socket, or from a handler in the same process.</summary>
/// <param name="Path">With query string, beginning with a slash.</param>
/// <param name="Headers">Names compared without case.</param>
public sealed record WireRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The path without its query string.</summary>
    public string PathOnly => Path.Split('?')[0];

    /// <summary>The query string with its question mark; empty where there is none.</summary>
    public string Query => Path[PathOnly.Length..];

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>An HTTP response without its transport.</summary>
public sealed record WireResponse(int Status, string ContentType, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>True: nothing is answered and the connection breaks, as a fault asked for.</summary>
    public bool Broken { get; init; }

    /// <summary>With <see cref="Broken"/>: the fault also killed the function that called.</summary>
    public bool Crashed { get; init; }

    public static WireResponse NoAnswer(bool crashed) => new(0, "", [], new Dictionary<string, string>()) { Broken = true, Crashed = crashed };
}
