using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>An amount and what it counts.</summary>
internal readonly record struct Spend(decimal Amount, string Unit)
{
    /// <summary>Reads a Spend whose shape has been checked.</summary>
    /// <exception cref="AwsException">The amount has more digits than a budget can mean.</exception>
    public static Spend Read(JsonObject spend)
    {
        var text = spend.RequiredText("Amount");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new Spend(amount, spend.RequiredText("Unit"))
            : throw BudgetErrors.Invalid($"Amount {text} is too large.");
    }

    /// <summary>As AWS answers it: at least one decimal and no zero to spare, so "1000" becomes "1000.0" and "1500.50" becomes "1500.5".</summary>
    public JsonObject Write() => new() { ["Amount"] = LocalAws.Budgets.Amount.Of(Amount).Text, ["Unit"] = Unit };
}
