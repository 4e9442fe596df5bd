namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>What was seen of a spreadsheet before it is read.</summary>
internal sealed class XlsxScan
{
    /// <summary>Faults that are told one by one: a column of formulas has the same in each of its rows, and a file may be made of nothing else.</summary>
    public const int MostFaults = 20;

    private readonly List<string> faults = [];

    /// <summary>What cells hold that is surely not meant, in the order of the file; the first of them.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>How many there are.</summary>
    public int FaultCount { get; private set; }

    /// <summary>How many sheets hold a cell.</summary>
    public int Sheets { get; set; }

    /// <summary>How many texts the file has for its cells to name by number.</summary>
    public int Texts { get; set; }

    /// <summary>The largest number of a text that a cell names, and that cell.</summary>
    public (int Text, string Cell) LastText { get; private set; } = (-1, "");

    /// <summary>The largest number of a cell, whatever its sign, and that cell.</summary>
    public (double Number, string Cell) Largest { get; private set; } = (0, "");

    public void AddFault(string fault)
    {
        FaultCount++;
        if (faults.Count < MostFaults) faults.Add(fault);
    }

    public void AddText(int text, string cell)
    {
        if (text > LastText.Text) LastText = (text, cell);
    }

    public void AddNumber(double number, string cell)
    {
        if (Math.Abs(number) > Math.Abs(Largest.Number)) Largest = (number, cell);
    }
}
