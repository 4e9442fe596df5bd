namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>How a file of rows is written.</summary>
internal enum RowFormat
{
    /// <summary>Comma-separated values, attribute names as headers.</summary>
    Csv,

    /// <summary>A JSON array, a row in each line.</summary>
    Json,

    /// <summary>JSON Lines: an object in each line.</summary>
    Jsonl,

    /// <summary>A YAML list of maps.</summary>
    Yaml,

    /// <summary>A spreadsheet (Office Open XML).</summary>
    Xlsx,
}

/// <summary>Formats by the name a person gives them and by the ends of file names.</summary>
internal static class RowFormats
{
    public static readonly string[] Names = [.. Enum.GetNames<RowFormat>().Select(name => name.ToLowerInvariant())];

    public static RowFormat? OfName(string name) =>
        Array.IndexOf(Names, name.ToLowerInvariant()) is >= 0 and var index ? (RowFormat)index : null;

    /// <summary>What the end of a file's name says; null where it says nothing.</summary>
    public static RowFormat? OfPath(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => RowFormat.Csv,
        ".json" => RowFormat.Json,
        ".jsonl" or ".ndjson" => RowFormat.Jsonl,
        ".yaml" or ".yml" => RowFormat.Yaml,
        ".xlsx" => RowFormat.Xlsx,
        _ => null,
    };
}
