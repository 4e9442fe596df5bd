using System.Text.Json;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local.Responses;

/// <summary>What rows of <c>local --responses</c> ask for where they do not say it themselves.</summary>
internal static class ResponseRows
{
    private const string Attribute = "Responses";

    private const string Default = "default";

    /// <summary>Of a month that is played: nobody is there to approve anything.</summary>
    private static readonly RowValue Armed = Read("""[{"At":"Over","Do":"STOP_ALL","Mode":"ARMED"}]""");

    /// <summary>Of a run that stays up: it waits for the person at once, and acts by no one else.</summary>
    private static readonly RowValue Confirmed = Read("""[{"At":"Over","Do":"STOP_ALL","Mode":"CONFIRM","Grace":"0m"}]""");

    /// <summary>
    /// The same rows. Where none of them has Responses, each gets one that stops what runs in its account when the budget is over; rows that say it are a
    /// person's, and what the others inherit or lack is what they are tried for.
    /// </summary>
    /// <param name="armed">Without asking anybody.</param>
    /// <param name="say">Takes what was added, in a sentence.</param>
    public static IReadOnlyList<RowEntry> AddTo(IReadOnlyList<RowEntry> rows, bool armed, Action<string> say)
    {
        if (rows.Any(row => row.Image.Attributes.ContainsKey(Attribute)))
        {
            say($"The rows' {Attribute} say what is stopped, and in which mode.");
            return rows;
        }

        var whole = rows.Any(row => row.Image.Key == Default);
        say($"No row has {Attribute}: {(whole ? "the row of default" : "each")} gets STOP_ALL at Over, {(armed ? "ARMED" : "CONFIRM without grace")}.");
        return
        [
            .. rows.Select(row => row.Problems.Count > 0 || (whole && row.Image.Key != Default)
                ? row
                : row with { Image = new RowImage(row.Image.Attributes.Items.SetItem(Attribute, armed ? Armed : Confirmed)) }),
        ];
    }

    private static RowValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
