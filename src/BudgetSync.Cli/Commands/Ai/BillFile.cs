using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai.Billing;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>
/// What a Cost and Usage Report, or an export of billing data, says of Bedrock: CSV, gzip or not, with the columns of either form
/// (<c>lineItem/UsageAccountId</c>, <c>line_item_usage_account_id</c>). Source: Data Exports user guide, "Cost and Usage Report (CUR)" and "CUR 2.0".
/// </summary>
internal static class BillFile
{
    /// <summary>Reports of whole organizations are larger; what is not of Bedrock can be left out of them first.</summary>
    private const int LongestText = 512 * 1024 * 1024;

    private const int ToldProblems = 20;

    /// <summary>Charges that are usage; credits, refunds and taxes would hide it.</summary>
    private static readonly string[] Used = ["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"];

    /// <exception cref="CommandException">It cannot be read, or is no such report; all that is wrong with its lines is named at once.</exception>
    public static async Task<ImmutableArray<BilledUsage>> ReadAsync(string path, CancellationToken cancellation)
    {
        var reader = new CsvReader(path, await TextAsync(path, cancellation));
        var heading = reader.Read()?.Cells ?? [];
        var (account, start) = (Column("lineitemusageaccountid"), Column("lineitemusagestartdate"));
        var (type, usage, cost) = (Column("lineitemlineitemtype"), Column("lineitemusagetype"), Column("lineitemunblendedcost"));
        int[] needed = [account, start, type, usage, cost];
        if (needed.Contains(-1))
            throw new CommandException(
                $"{path}: is no Cost and Usage Report: it needs the columns lineItem/UsageAccountId, lineItem/UsageStartDate, lineItem/LineItemType, "
                    + "lineItem/UsageType and lineItem/UnblendedCost, or those of CUR 2.0 (line_item_usage_account_id, …)");
        string[] ofService = ["productservicename", "productproductname", "productservicecode", "lineitemproductcode"];
        int[] names = [.. ofService.Select(Column).Where(at => at >= 0)];
        var (problems, usages) = (new List<string>(), ImmutableArray.CreateBuilder<BilledUsage>());
        while (reader.Read() is { } record)
        {
            string Cell(int at) => at < record.Cells.Count ? record.Cells[at] : "";
            if (!Used.Contains(Cell(type), StringComparer.Ordinal) || names.Select(Cell).FirstOrDefault(BilledUsage.IsBedrock) is not { } service) continue;
            if (AccountId.TryParse(Cell(account), out var id) && Day(Cell(start)) is { } day
                && decimal.TryParse(Cell(cost), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
                usages.Add(new BilledUsage(id, day, Name(service), Cell(usage), amount));
            else
                problems.Add($"line {record.Line}: {Cell(account)}, {Cell(start)}, {Cell(cost)} are no account, day and cost");
        }

        return problems.Count == 0 ? usages.ToImmutable()
            : throw new CommandException(Printable.Line($"{path}: {string.Join("; ", problems.Take(ToldProblems))}"));

        int Column(string name) => heading.ToList().FindIndex(cell => Plain(cell) == name);
    }

    private static string Plain(string heading) => string.Concat(heading.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>A code of a service, where its name is not in the report.</summary>
    private static string Name(string service) => service == "AmazonBedrock" ? "Amazon Bedrock" : service;

    private static DateOnly? Day(string time) => DayText.Parse(time.Length >= 10 ? time[..10] : "");

    private static async Task<string> TextAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            await using Stream plain = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var text = new StreamReader(plain);
            var (read, buffer) = (new System.Text.StringBuilder(), new char[64 * 1024]);
            for (int length; (length = await text.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (read.Length + length > LongestText)
                    throw new CommandException($"{path}: has more than {Number.Of(LongestText)} characters; leave out what is not of Bedrock first");
                read.Append(buffer, 0, length);
            }

            return read.ToString();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new CommandException($"{path}: cannot be read: {broken.Message}");
        }
    }
}
