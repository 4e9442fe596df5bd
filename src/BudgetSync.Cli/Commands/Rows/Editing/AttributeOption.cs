using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>--attribute NAME=VALUE</c> of <c>rows set</c>: any attribute of a row, its value written as in a cell of a CSV file.</summary>
internal static class AttributeOption
{
    private const string Key = "AccountId";

    private static readonly ImmutableArray<string> Written = ["ChangedBy", "ChangedAt", "Reason"];

    public static Option<string[]> Create()
    {
        var option = new Option<string[]>("--attribute")
        {
            Description = "Any attribute that a row may have (ROWS.md), its value as in a CSV file: OnDelete=RETAIN, "
                + "'Envelope={\"Amount\": 20000}'; may be given more than once",
            HelpName = "NAME=VALUE",
        };
        option.Validators.Add(result =>
        {
            foreach (var problem in Read(result.Tokens.Select(token => token.Value)).Problems) result.AddError($"--attribute: {problem}");
        });
        return option;
    }

    /// <summary>What was given by name. The rules of rows judge the values where the row is.</summary>
    public static (ImmutableSortedDictionary<string, RowValue> Values, ImmutableArray<string> Problems) Read(IEnumerable<string> given)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (word, value) = equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : (text, "");
            var name = AttributeNames.Meant(word) ?? word;
            if (value.Length == 0)
                problems.Add($"\"{Printable.Key(text)}\" has no value; write NAME=VALUE, and --unset NAME to take an attribute away");
            else if (name == Key)
                problems.Add($"{name}: is the row's key; say whose row as SCOPE");
            else if (Written.Contains(name))
                problems.Add($"{name}: is written by the tool, with who calls it, when and --because");
            else if (!AttributeNames.All.Contains(name))
                problems.Add(
                    $"\"{Printable.Key(word)}\" is no attribute of a row{(AttributeNames.Suggested(word) is { } near ? $"; did you mean {near}?" : "")}");
            else if (!values.TryAdd(name, CellRows.ReadCell(name, value, problems)))
                problems.Add($"{name}: is given twice; give it once");
        }

        return (values.ToImmutable(), [.. problems]);
    }
}
