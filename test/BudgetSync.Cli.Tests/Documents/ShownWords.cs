using System.CommandLine.Parsing;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>A command as it stands in a document, as words for a deployment of the tests.</summary>
internal static class ShownWords
{
    private const string Restriction = "r-0123456789ab";

    /// <summary>Options and commands after which a file is named that they write.</summary>
    private static readonly string[] Writing = ["rows init", "rows export", "--rows", "--write", "--html", "--inbox"];

    public static async Task<string[]> OfAsync(string line, DocumentWorld world)
    {
        string[] words = [.. CommandLineParser.SplitCommandLine(line)];
        if (words is ["action", _, _, ..] and not ["action", "list" or "history", ..]) await world.ActionAsync(words[1]);
        if (words is ["rows", "undo" or "resume", [_, ..] file, ..] && file.EndsWith(".jsonl", StringComparison.Ordinal)) await world.EditAsync(world.In(file));
        if (words is ["alerts", "redrive", ..]) await world.LoseAsync();
        WriteFiles(world.In);
        var (account, id) = words[0] is "approve" or "lift"
            ? await world.RestrictionAsync(words[0] == "approve" ? "AwaitingApproval" : "InForce")
            : (DocumentWorld.Account, Restriction);
        var meant = words.Select(word => word switch
        {
            "ACCOUNT" or "ROW" or "ID" or DocumentWorld.Account => account,
            "RESTRICTION" or Restriction => id,
            "NAME" => "finops",
            "DAY" or "2026-11-30" => "2099-11-30", // A day that is not over.
            "PORT" => world.Port,
            "FILE" => world.In("file.txt"),
            "ou-ab12-11111111" => "ou-local-00000001",
            "BudgetReader" => "OrganizationAccountAccessRole",
            _ when Path.HasExtension(word) && !word.Contains('@', StringComparison.Ordinal) => world.In(word),
            _ => word,
        }).ToArray();
        foreach (var written in meant.Where((word, at) => at > 0 && Path.IsPathRooted(word) && IsWriting(words, at))) File.Delete(written);
        return meant;
    }

    private static bool IsWriting(string[] words, int at) =>
        Writing.Any(one => string.Join(' ', words[..at]).EndsWith(one, StringComparison.Ordinal)) && words[0] != "local";

    private static void WriteFiles(Func<string, string> place)
    {
        File.WriteAllText(place("rows.csv"), "AccountId,BudgetValue\n111111111101,1100\n111111111102,950\n");
        File.WriteAllText(
            place("rows.json"),
            """[{ "AccountId": "111111111101", "BudgetValue": 1200, "Responses": [{ "At": "Over", "Do": "DENY_NEW", "Mode": "WATCH" }] }]""");
        File.WriteAllText(
            place("costs.csv"),
            "AccountId,Month,Amount\n" + string.Concat(Enumerable.Range(1, 6).Select(month => $"111111111101,2026-0{month},{1000 + month}\n")));
    }
}
