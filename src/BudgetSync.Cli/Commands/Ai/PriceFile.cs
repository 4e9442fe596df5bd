using System.CommandLine;
using System.Text;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>The prices that a command computes with: those in the tool, or a file of one's own.</summary>
internal static class PriceFile
{
    public static Option<string?> Option() => new("--prices")
    {
        Description = "Prices of your own, in the form that 'budgetsync ai prices --json' prints; they take the place of the built-in ones",
        HelpName = "FILE",
    };

    /// <exception cref="CommandException">The file cannot be read, or is no list of prices.</exception>
    public static async Task<PriceList> ReadAsync(string? path, CancellationToken cancellation)
    {
        if (path is null) return PriceList.BuiltIn;
        try
        {
            return PriceList.Parse(Encoding.UTF8.GetString((await PriceDocument.ReadAsync(path, cancellation)).Span));
        }
        catch (FormatException exception)
        {
            throw new CommandException($"{path}: {exception.Message}");
        }
    }
}
