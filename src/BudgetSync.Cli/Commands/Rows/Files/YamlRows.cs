using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.Core.Rows;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Rows as a YAML list of maps (one map, or several documents, are taken too). Scalars are read from their text, so an account id that YAML would take for an
/// octal number keeps its digits. Tags, anchors and aliases are refused: a reference may say a thousand lines in one.
/// </summary>
internal static partial class YamlRows
{
    /// <summary>DynamoDB nests 32 deep.</summary>
    private const int Deepest = 32;

    /// <summary>True of a text that begins like YAML and like no CSV.</summary>
    public static bool IsYaml(string text) => Beginning().IsMatch(text);

    public static RowsRead Read(string path, string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text.TrimStart('\uFEFF')));
            var rows = new List<RowEntry>();
            parser.Consume<StreamStart>();
            while (!parser.Accept<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                RefuseReference(parser.Current);
                if (parser.TryConsume<SequenceStart>(out _))
                {
                    while (!parser.TryConsume<SequenceEnd>(out _)) rows.Add(ReadRow(path, parser));
                }
                else if (!parser.TryConsume<Scalar>(out var nothing) || nothing.Value.Length > 0)
                {
                    rows.Add(ReadRow(path, parser));
                }

                parser.Consume<DocumentEnd>();
            }

            return new RowsRead(rows, []);
        }
        catch (YamlException exception)
        {
            throw new CommandException($"{path}: {Position(exception.Start)}: is not YAML: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    private static RowEntry ReadRow(string path, Parser parser)
    {
        var position = Position(parser.Current?.Start ?? Mark.Empty);
        var problems = new List<string>();
        RefuseReference(parser.Current);
        if (!parser.Accept<MappingStart>(out _))
            throw new CommandException($"{path}: {position}: should be a map of attributes, for example - AccountId: \"111122223333\"");
        var row = ReadMap(parser, "", problems, 0);
        if (row.TryGetValue("AccountId", out var written) && written is RowValue.Text or RowValue.Number)
        {
            var (key, problem) = AccountKey.Read(written is RowValue.Text(var text) ? text : ((RowValue.Number)written).Value);
            if (problem is not null) problems.Add(problem);
            row = row.SetItem("AccountId", new RowValue.Text(key));
        }

        return new RowEntry(new RowImage(row), position, problems);
    }

    private static ImmutableSortedDictionary<string, RowValue> ReadMap(Parser parser, string path, List<string> problems, int depth)
    {
        parser.Consume<MappingStart>();
        var map = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            RefuseReference(parser.Current);
            var key = parser.Consume<Scalar>();
            var here = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            if (key.Value == "<<") throw new YamlException(key.Start, key.End, "merge keys (<<) are not supported; write the attributes out");
            if (map.ContainsKey(key.Value)) problems.Add($"{here}: stands more than once in one {(depth == 0 ? "row" : "object")}; keep one");
            map[key.Value] = ReadValue(parser, here, problems, depth + 1);
        }

        return map.ToImmutable();
    }

    private static RowValue ReadValue(Parser parser, string path, List<string> problems, int depth)
    {
        var start = parser.Current;
        if (depth > Deepest) throw new YamlException(start?.Start ?? Mark.Empty, start?.End ?? Mark.Empty, "is nested too deeply");
        RefuseReference(start);
        if (parser.Accept<MappingStart>(out _)) return new RowValue.Map(ReadMap(parser, path, problems, depth));
        if (!parser.TryConsume<SequenceStart>(out _)) return Value(parser.Consume<Scalar>());
        var items = ImmutableArray.CreateBuilder<RowValue>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadValue(parser, path, problems, depth + 1));
        return new RowValue.List(items.ToImmutable());
    }

    private static void RefuseReference(ParsingEvent? node)
    {
        if (node is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new YamlException(node.Start, node.End, "anchors and aliases are not supported; write the value out");
    }

    // YAML 1.2, core schema, but for numbers: only those in plain digits, as they would be written again. 00420 and 1.10 are texts, of which none is lost.
    private static RowValue Value(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty && scalar.Tag != "!") throw new YamlException(scalar.Start, scalar.End, $"the tag {scalar.Tag} is not supported; leave it out");
        if (scalar.Start.Line != scalar.End.Line && SwallowedRow().IsMatch(scalar.Value))
            throw new YamlException(
                scalar.Start,
                scalar.End,
                "a text begins here and ends in a later line, with a row (AccountId:) in it that would be lost; close its quote, or write it in one line");
        if (scalar.Style is not ScalarStyle.Plain) return new RowValue.Text(scalar.Value);
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new RowValue.Null(),
            "true" or "True" or "TRUE" => new RowValue.Bool(true),
            "false" or "False" or "FALSE" => new RowValue.Bool(false),
            var text when PlainNumber().IsMatch(text) => new RowValue.Number(text),
            var text => new RowValue.Text(text),
        };
    }

    private static string Position(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"line {mark.Line}");

    [GeneratedRegex(@"\A(\s*#[^\n]*\n)*\s*(---|%YAML|- +""?\w+""?:( |\n)|\w+:( |\r?\n))")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\bAccountId[""']?\s*:")]
    private static partial Regex SwallowedRow();

    [GeneratedRegex(@"\A(?!-0\z)-?(0|[1-9][0-9]{0,19})(\.[0-9]{0,16}[1-9])?\z")]
    private static partial Regex PlainNumber();
}
