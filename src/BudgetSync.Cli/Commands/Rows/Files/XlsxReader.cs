using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// The cells of a spreadsheet's first sheet as text, with what a spreadsheet did to them told and not passed on: an account id that became a number keeps its
/// digits or is refused, and nothing is taken from a date or an error.
/// </summary>
internal static class XlsxReader
{
    // The library asks for code page 1252 before it knows that it reads no old file, and .NET has it only on request.
    static XlsxReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A spreadsheet is a zip, and begins as one.</summary>
    public static bool IsSpreadsheet(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>
    /// What a file is told of that its name or its beginning calls a spreadsheet and that is none which can be read; null of any other. A workbook of Excel 97
    /// to 2003, and a newer one with a password, is a compound file ([MS-CFB] 2.2, "Header Signature").
    /// </summary>
    public static string? Unreadable(string path, ReadOnlySpan<byte> bytes) => bytes switch
    {
        _ when bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) =>
            "is a spreadsheet of the old form (.xls) or one with a password, which is not read; save it as .xlsx without a password, or as CSV UTF-8",
        _ when RowFormats.OfPath(path) == RowFormat.Xlsx =>
            $"is called {Path.GetExtension(path)} and is no spreadsheet: it does not begin as one; is it whole? Save it anew, or give its text a name of "
                + "its kind",
        _ => null,
    };

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static IReadOnlyList<CsvRecord> Read(string path, byte[] bytes)
    {
        var scan = new XlsxScan();
        try
        {
            // Before the library, which takes whatever a zip says for rows.
            scan = XlsxParts.Scan(path, bytes);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
            var records = new List<CsvRecord>();
            for (var row = 1; reader.Read(); row++)
            {
                if (row > MostRows) throw new CommandException($"{path}: has more rows than a table of accounts may have; is it the right file?");
                var cells = Enumerable.Range(0, reader.FieldCount).Select(column => Cell(reader, column, row)).ToList();
                while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
                if (cells.Count > 0) records.Add(new CsvRecord(row, cells) { Currencies = Currencies(reader, cells.Count, row) });
            }

            var sheet = reader.Name;
            while (reader.NextResult())
            {
                if (reader.Read())
                    throw new CommandException(
                        $"{path}: has rows in more than one sheet (\"{sheet}\", \"{reader.Name}\"), and which are meant is not guessed; keep one sheet.");
            }

            if (scan.Sheets > 1) throw new CommandException($"{path}: has cells in {scan.Sheets} sheets, and which are meant is not guessed; keep one sheet.");
            return records;
        }
        // The library makes a time of a number where the cell's format says so, before it hands on any row.
        catch (OverflowException)
        {
            throw new CommandException(
                $"{path}: a cell that is formatted as a time holds a number beyond every time (the largest of the file is in {scan.Largest.Cell}); format its "
                    + "column as text and write it again.");
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new CommandException($"{path}: is no spreadsheet that can be read ({exception.Message.TrimEnd('.')}); save it as .xlsx or as CSV UTF-8.");
        }
    }

    /// <summary>The library reads numbers and places as they come, and says with any of these that they are none.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is ExcelReaderException or InvalidDataException or IOException or System.Xml.XmlException or ArgumentException or FormatException
            or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException;

    /// <summary>What cannot be understood safely is left in the words of <see cref="Unsafe"/>, which no rule of a row takes.</summary>
    private const string Unsafe = "\uFFFF";

    private const int MostRows = 200_000;

    /// <summary>Of parts of one, far beyond every threshold, and within what a decimal holds.</summary>
    private const double LargestPercentage = 1e15;

    /// <summary>What happened to a cell, for its row's problems; null where it is safe.</summary>
    public static string? Problem(string name, string cell) => cell.StartsWith(Unsafe, StringComparison.Ordinal) ? $"{name}: {cell[Unsafe.Length..]}" : null;

    /// <summary>Those that the formats of numbers show.</summary>
    private static Dictionary<int, (string Sign, string Place)> Currencies(IExcelDataReader reader, int columns, int row)
    {
        var found = new Dictionary<int, (string Sign, string Place)>();
        for (var column = 0; column < columns; column++)
        {
            if (reader.GetValue(column) is double && XlsxFormat.Currency(reader.GetNumberFormatString(column)) is { } sign)
                found[column] = (sign, $"the cell {XlsxPlace.Of(column, row)}");
        }

        return found;
    }

    private static string Cell(IExcelDataReader reader, int column, int row)
    {
        return reader.GetValue(column) switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            DateTime date => Date(column, row, date),
            TimeSpan => $"{Unsafe}the spreadsheet made a time of the cell {XlsxPlace.Of(column, row)}; format the column as text and write it again",
            double number => Number(number, reader.GetNumberFormatString(column), XlsxPlace.Of(column, row)),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString() ?? "",
        };
    }

    private static string Date(int column, int row, DateTime date) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Unsafe}the spreadsheet made a date of the cell {XlsxPlace.Of(column, row)} ({date:yyyy-MM-dd}); format the column as text and write it again");

    private static string Number(double number, string? format, string cell)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (XlsxFormat.IsDate(format))
            return $"{Unsafe}the cell {cell} is formatted as a date and holds {text}, which is none; format the column as text and write it again";
        // A whole number of up to 15 digits is exact in a spreadsheet, whatever it shows: 111122223333 and not 1.11122E+11.
        if (Math.Abs(number) < 1e15 && Math.Floor(number) == number) text = number.ToString("0", CultureInfo.InvariantCulture);
        if (XlsxFormat.IsZeros(format) && text.All(char.IsAsciiDigit)) return text.PadLeft(format!.Length, '0');
        // 0.8 that shows as 80 % is 80 to whoever wrote it.
        if (XlsxFormat.IsPercent(format))
            return Math.Abs(number) < LargestPercentage
                ? $"{(decimal)number * 100:0.##########}%"
                : $"{Unsafe}the cell {cell} is formatted as a percentage and holds {text}, which is none; write the value itself";
        // A number cell is the number it is: the readers of text must not take its point for one of thousands.
        return RowCells.IsAmbiguous(text) ? text + "0" : text;
    }
}
