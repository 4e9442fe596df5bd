using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>Envelopes as people and scripts read them.</summary>
internal static class EnvelopesView
{
    public static void Write(ConsoleContext terminal, ImmutableArray<EnvelopeLine> lines)
    {
        if (lines.IsEmpty)
        {
            terminal.Error.WriteLine("No row has an envelope; add Envelope: { Amount } to the row of an OU, the root or default.");
            return;
        }

        TextColumn[] columns =
        [
            new("SCOPE"), new("NAME", Goes: 3, Shortest: 8), new("AMOUNT", Right: true), new("SPENT", Right: true), new("EXPECTED", Right: true, Goes: 2),
            new("ALLOCATED", Right: true, Goes: 1), new("ACCOUNTS", Right: true, Goes: 4), new("STATE"),
        ];
        TableScreen.Write(terminal, columns, [.. lines.Select(Cells)]);
        terminal.Out.WriteLine();
        foreach (var line in lines)
        {
            terminal.WriteFolded(Printable.Line(line.Standing.Text), indent: 4);
            if (Problem(line) is { } problem) terminal.WriteFolded(Printable.Line($"  {problem}"), indent: 4);
        }
    }

    public static string Csv(ImmutableArray<EnvelopeLine> lines)
    {
        var text = new StringBuilder("scope,name,amount,unit,timeUnit,spent,expected,allocated,accounts,uncounted,state,problem\n");
        foreach (var line in lines)
        {
            var (envelope, standing) = (line.Envelope, line.Standing);
            string[] cells =
            [
                line.Key, line.Name, Cents(envelope.Amount), envelope.Unit, $"{envelope.TimeUnit}", Cents(standing.Spent), Cents(standing.Expected),
                Cents(standing.Allocated), $"{standing.Accounts}", $"{standing.Uncounted}", $"{standing.State}", Problem(line) ?? "",
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(ImmutableArray<EnvelopeLine> lines) => new JsonArray([.. lines.Select(line => new JsonObject
    {
        ["scope"] = line.Key,
        ["name"] = line.Name,
        ["amount"] = line.Envelope.Amount,
        ["unit"] = line.Envelope.Unit,
        ["timeUnit"] = line.Envelope.TimeUnit.ToString(),
        ["cascade"] = line.Envelope.Cascade.ToString(),
        ["overAllocation"] = line.Envelope.OverAllocation.ToString(),
        ["spent"] = line.Standing.Spent,
        ["expected"] = line.Standing.Expected,
        ["allocated"] = line.Standing.Allocated,
        ["accounts"] = line.Standing.Accounts,
        ["uncounted"] = line.Standing.Uncounted,
        ["state"] = line.Standing.State.ToString(),
        ["text"] = line.Standing.Text,
        ["problem"] = Problem(line),
        ["shares"] = new JsonArray([.. line.Shares.Select(share => new JsonObject
        {
            ["accountId"] = share.Account.Value,
            ["amount"] = share.Amount,
            ["own"] = share.Own,
        })]),
    })]).ToJsonString(JsonOutput.Options);

    private static string[] Cells(EnvelopeLine line)
    {
        var (envelope, standing) = (line.Envelope, line.Standing);
        return
        [
            line.Key, line.Name, $"{Number.Money(envelope.Amount, envelope.Unit)} {envelope.Unit}", Number.Money(standing.Spent, envelope.Unit),
            Number.Money(standing.Expected, envelope.Unit),
            $"{Number.Money(standing.Allocated, envelope.Unit)} ({Percent(standing.Allocated, envelope.Amount)})", Number.Of(standing.Accounts),
            $"{standing.State}",
        ];
    }

    private static string? Problem(EnvelopeLine line) => line.Standing.Allocation switch
    {
        AllocationVerdict.Warned(var text) => text,
        AllocationVerdict.Rejected(var text) => text,
        _ => null,
    };

    private static string Percent(decimal part, decimal whole) => string.Create(CultureInfo.InvariantCulture, $"{part / whole * 100:0} %");

    /// <summary>RFC 4180, and nothing that a spreadsheet takes for a formula.</summary>
    internal static string Cell(string text)
    {
        var harmless = RowCells.Harmless(new RowValue.Text(text), Printable.Line(text));
        return harmless.AsSpan().IndexOfAny(",;\"\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Cents(decimal amount) => Number.Plain(decimal.Round(amount, 2, MidpointRounding.AwayFromZero));
}
