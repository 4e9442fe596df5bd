using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// The cells of a spreadsheet's first sheet as text, with what a spreadsheet did to them told and not passed on: an account id that became a number keeps its
/// digits or is refused, and nothing is taken from a date or an error.
/// </summary>
internal static partial class XlsxReader
{
    // The library asks for code page 1252 before it knows that it reads no old file, and .NET has it only on request.
    static XlsxReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A spreadsheet is a zip, and begins as one.</summary>
    public static bool IsSpreadsheet(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static IReadOnlyList<CsvRecord> Read(string path, byte[] bytes)
    {
        try
        {
            // Before the library, which takes whatever a zip says for rows.
            XlsxCells.DemandValues(path, bytes);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
            var records = new List<CsvRecord>();
            for (var row = 1; reader.Read(); row++)
            {
                if (row > MostRows) throw new CommandException($"{path}: has more rows than a table of accounts may have; is it the right file?");
                var cells = Enumerable.Range(0, reader.FieldCount).Select(column => Cell(reader, column, row)).ToList();
                while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
                if (cells.Count > 0) records.Add(new CsvRecord(row, cells));
            }

            var sheet = reader.Name;
            while (reader.NextResult())
            {
                if (reader.Read())
                    throw new CommandException(
                        $"{path}: has rows in more than one sheet (\"{sheet}\", \"{reader.Name}\"), and which are meant is not guessed; keep one sheet.");
            }

            return records;
        }
        catch (Exception exception) when (exception is ExcelReaderException or InvalidDataException or IOException or System.Xml.XmlException)
        {
            throw new CommandException($"{path}: is no spreadsheet that can be read ({exception.Message.TrimEnd('.')}); save it as .xlsx or as CSV UTF-8.");
        }
    }

    /// <summary>What cannot be understood safely is left in the words of <see cref="Unsafe"/>, which no rule of a row takes.</summary>
    private const string Unsafe = "\uFFFF";

    private const int MostRows = 200_000;

    /// <summary>What happened to a cell, for its row's problems; null where it is safe.</summary>
    public static string? Problem(string name, string cell) => cell.StartsWith(Unsafe, StringComparison.Ordinal) ? $"{name}: {cell[Unsafe.Length..]}" : null;

    private static string Cell(IExcelDataReader reader, int column, int row)
    {
        return reader.GetValue(column) switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            DateTime date => Date(column, row, date),
            TimeSpan => $"{Unsafe}the spreadsheet made a time of the cell {Name(column)}{row}; format the column as text and write it again",
            double number => Number(number, reader.GetNumberFormatString(column)),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString() ?? "",
        };
    }

    private static string Date(int column, int row, DateTime date) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Unsafe}the spreadsheet made a date of the cell {Name(column)}{row} ({date:yyyy-MM-dd}); format the column as text and write it again");

    private static string Number(double number, string? format)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        // A whole number of up to 15 digits is exact in a spreadsheet, whatever it shows: 111122223333 and not 1.11122E+11.
        if (Math.Abs(number) < 1e15 && Math.Floor(number) == number) text = number.ToString("0", CultureInfo.InvariantCulture);
        // "000000000000" is how people make a spreadsheet show the zeros that it dropped.
        if (format is not null && Zeros().IsMatch(format) && text.All(char.IsAsciiDigit)) return text.PadLeft(format.Length, '0');
        // 0.8 that shows as 80 % is 80 to whoever wrote it.
        if (format is not null && format.Contains('%', StringComparison.Ordinal)) return $"{(decimal)number * 100:0.##########}%";
        // A number cell is the number it is: the readers of text must not take its point for one of thousands.
        return RowCells.IsAmbiguous(text) ? text + "0" : text;
    }

    private static string Name(int column) => column < 26 ? ((char)('A' + column)).ToString() : Name((column / 26) - 1) + (char)('A' + (column % 26));

    [GeneratedRegex(@"\A0{2,15}\z")]
    private static partial Regex Zeros();
}
