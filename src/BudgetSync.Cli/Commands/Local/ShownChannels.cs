using System.Text.Json;
using BudgetSync.Cli.Commands.Local.TimeLapse;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>What <c>local --channels</c> shows: rows name the channels, and each message is printed as it arrives.</summary>
internal sealed class ShownChannels(LocalCloud cloud, ConsoleContext terminal)
{
    private const string Attribute = "Notify";

    private const string Default = "default";

    /// <summary>Those of cdk/samples/kinds.json.</summary>
    private static readonly RowValue Notify = Read(
        """
        ["finops", "hook Critical", "teams Critical", "pager Critical", "tickets Critical", "issues Critical", "events Critical", "mail Critical",
         "phone Critical", "chat Critical"]
        """);

    private long told;

    /// <summary>
    /// The same rows. Where none of them says who is told, the row of default names the channels of the local deployment, or each row where there is none of
    /// default; rows that say it are a person's, and what the others inherit is what they are tried for.
    /// </summary>
    /// <param name="rows">As the file has them.</param>
    /// <param name="say">Takes what was added, in a sentence.</param>
    public static IReadOnlyList<RowEntry> AddTo(IReadOnlyList<RowEntry> rows, Action<string> say)
    {
        if (rows.Any(row => row.Image.Attributes.ContainsKey(Attribute)))
        {
            say($"Alerts go where the rows' {Attribute} says, and those of rows that inherit none to the topic operations, from Critical on.");
            return rows;
        }

        var whole = rows.Any(row => row.Image.Key == Default);
        say($"No row has {Attribute}: {(whole ? "the row of default" : "each")} gets one that names a channel of every kind.");
        return
        [
            .. rows.Select(row => row.Problems.Count > 0 || (whole && row.Image.Key != Default)
                ? row
                : row with { Image = new RowImage(row.Image.Attributes.Items.SetItem(Attribute, Notify)) }),
        ];
    }

    /// <summary>Tells what has come since the last time.</summary>
    public void Tell()
    {
        foreach (var line in News()) terminal.TellFolded(line, indent: 4);
    }

    /// <summary>What has come since the last time; e-mails of AWS Budgets, which come without channels too, are on the page only.</summary>
    public IReadOnlyList<string> News()
    {
        var arrived = InboxMessages.CountFromChannels(cloud);
        var fresh = InboxMessages.FromChannels(cloud).TakeLast((int)Math.Min(arrived - told, int.MaxValue)).ToList();
        var left = (int)(arrived - told) - fresh.Count;
        told = arrived;
        List<string> older = left > 0 ? [$"{Number.Count(left, "older message")} left out: more came than are kept."] : [];
        return [.. older, .. fresh.Select(Line)];
    }

    /// <summary>Says before a run that its page could not be written after it.</summary>
    /// <param name="file">Null: nothing will be written.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static void DemandWritable(string? file)
    {
        if (file is null) return;
        var isNew = !File.Exists(file);
        try
        {
            using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write))
            {
                // Opened only.
            }

            if (isNew) File.Delete(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"--inbox: {file} cannot be written: {refused.Message} Name a file in a folder that is there.", ExitCode.Usage);
        }
    }

    /// <summary>Writes all that has come as a page.</summary>
    /// <param name="file">Null: nothing is written.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public async Task WriteAsync(string? file, CancellationToken cancellation)
    {
        if (file is null) return;
        try
        {
            await File.WriteAllTextAsync(file, InboxMessages.Page(cloud), cancellation);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--inbox: {file} cannot be written: {refused.Message}");
        }
    }

    /// <summary>For example <c>2026-05-14 06:00 UTC  Slack  Critical: team-a of 111122223333 …</c>.</summary>
    internal static string Line(InboxMessage message)
    {
        var said = string.Join(". ", message.Lines.Take(1).Prepend(message.Title.TrimEnd('.')));
        var refused = message.Refused is { } why ? $"refused ({why}): " : "";
        return Printable.Line($"{LapseTable.Moment(message.At)}  {message.Sender}  {refused}{said}");
    }

    private static RowValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
