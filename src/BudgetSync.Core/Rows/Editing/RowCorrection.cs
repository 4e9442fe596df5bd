using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>One value that was put right, and what it says now.</summary>
public sealed record Correction(string Attribute, string Before, string After);

/// <summary>
/// Puts right what the refusals of rows say how to put right: names that are near to known ones, zeros that a spreadsheet dropped, amounts with currency signs
/// and other people's separators. What may mean two things (1.500) stays as it is, and so does what lost its digits.
/// </summary>
public static partial class RowCorrection
{
    private const string BudgetValue = "BudgetValue";
    private const string Unit = "Unit";

    public static (RowImage Row, ImmutableArray<Correction> Corrections) Of(RowImage row)
    {
        var corrections = ImmutableArray.CreateBuilder<Correction>();
        var corrected = row.Attributes.Items;
        foreach (var (name, value) in row.Attributes)
        {
            var known = Name(name);
            // Where the right name stands there too, it is not known which of the two is meant.
            if (known != name && !corrected.ContainsKey(known))
            {
                corrected = corrected.Remove(name).Add(known, value);
                corrections.Add(new Correction(name, name, known));
            }
            else
            {
                known = name;
            }

            if (value is RowValue.Text(var text) && Value(known, text) is { } better && better != text)
            {
                // Dropping the currency would make other money of the same digits: it goes where it belongs, or all stays as it is.
                if (known == BudgetValue && CurrencyOf(text) is { } currency)
                {
                    var unit = corrected.GetValueOrDefault(Unit);
                    if (currency.Length == 0 || (unit is not null && unit != new RowValue.Text(currency))) continue;
                    if (unit is null)
                    {
                        corrected = corrected.SetItem(Unit, new RowValue.Text(currency));
                        corrections.Add(new Correction(Unit, "", currency));
                    }
                }

                if (known == BudgetValue && IsCost(row)) better = Fewer(new RowValue.Number(better)) ?? better;
                corrected = corrected.SetItem(known, Typed(known, better));
                corrections.Add(new Correction(known, text, better));
            }
            else if (known == BudgetValue && IsCost(row) && Fewer(value) is { } fewer)
            {
                corrected = corrected.SetItem(known, new RowValue.Number(fewer));
                corrections.Add(new Correction(known, RowValueText.Plain(value), fewer));
            }
        }

        return (new RowImage(corrected), corrections.ToImmutable());
    }

    /// <summary>
    /// A name that is not known and near to none is the user's own column. One that says what a budget counts stays refused: as a column it would be forgotten,
    /// and the budget would count everything. So does a part of an attribute, which would be forgotten too.
    /// </summary>
    private static string Name(string name) =>
        RowAttributes.ByName.ContainsKey(name)
        || BudgetAttributes.ByName.ContainsKey(name)
        || name.StartsWith(RowAttributes.UserPrefix, StringComparison.Ordinal)
        || FilterWords.Is(name)
        || AttributeNames.PartOf(name) is not null
            ? name
            : AttributeNames.Suggested(name) ?? $"{RowAttributes.UserPrefix}{name.Replace(' ', '-')}";

    /// <summary>What is counted in money, as far as the row says; other amounts may have more decimals.</summary>
    private static bool IsCost(RowImage row) => row.Attributes.Items.GetValueOrDefault("BudgetType") is not RowValue.Text { Value: not "COST" };

    /// <summary>The amount as the refusal of its decimals says it: 110 for a spreadsheet's 110.00000000000001; null where nothing is refused.</summary>
    private static string? Fewer(RowValue value)
    {
        var text = value switch
        {
            RowValue.Number(var number) => number,
            RowValue.Text(var written) when !NumberText.IsAmbiguous(written) => written,
            _ => "",
        };
        if (!NumberText.TryRead(text, out var amount, out _) || amount <= 0) return null;
        var rounded = AmountBuilder.Rounded(amount);
        return rounded == amount ? null : NumberText.Format(rounded);
    }

    private static string? Value(string name, string text) => name switch
    {
        RowAttributes.Key when ShortOfZeros().IsMatch(text) => text.PadLeft(12, '0'),
        RowAttributes.Key when Padded().IsMatch(text) => text.Trim(),
        BudgetValue => Amount(text.Trim()),
        "Thresholds" when ThresholdShapes.DecimalComma(text) is not null => null,
        "Thresholds" => string.Join(", ", Pieces(text).Select(Threshold)),
        "EmailRecipients" or "AddEmailRecipients" => string.Join(", ", Pieces(text).Select(Address)),
        "TimeUnit" => Word<TimeUnit>(text),
        "BudgetType" => Word<BudgetType>(text),
        "OnDelete" => Word<OnDelete>(text),
        "Enabled" or "Adopt" or "KeepExtraSubscribers" => text.Trim().ToUpperInvariant() switch
        {
            "YES" or "TRUE" or "1" or "ON" => "true",
            "NO" or "FALSE" or "0" or "OFF" => "false",
            _ => null,
        },
        _ => null,
    };

    /// <summary>The word that the refusal says to write; what is near to none stays.</summary>
    private static string Word<T>(string text)
        where T : struct, Enum => Nearest(text.Trim(), Enum.GetNames<T>());

    private static string Nearest(string word, string[] words) => words.Contains(word, StringComparer.Ordinal) ? word : NearestName.Of(word, words) ?? word;

    /// <summary>The number stays as it is, and the words behind it are those that are near: <c>100 forecast</c> is <c>100 FORECASTED</c>.</summary>
    private static string Threshold(string piece)
    {
        var words = piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(1).Concat(words.Skip(1).Select(word => word == "%" ? word : Nearest(word, ThresholdShapes.Words))));
    }

    /// <summary>The address alone, of <c>mailto:a@example.com</c> and <c>Jane &lt;a@example.com&gt;</c>.</summary>
    private static string Address(string piece) => MailTo().Replace(Bracketed().Match(piece) is { Success: true } named ? named.Groups[1].Value : piece, "");

    /// <summary>
    /// What the refusal says to write, where it says a number: 1500 for "€ 1.500,00", 1.5 for "1,5". Three digits after a lone separator may mean both.
    /// </summary>
    private static string? Amount(string text)
    {
        if (NumberText.TryRead(text, out _, out _)) return null;
        // Whoever writes a dollar separates thousands by commas, and the refusal says which number that is, or none.
        if (CurrencyWords().Match(text).Value == "$")
            return NumberText.TryRead(NumberAdvice.For(text), out var dollars, out _) ? NumberText.Format(dollars) : null;
        if (AmbiguousComma().IsMatch(text)) return null;
        var digits = CurrencyWords().Replace(text, "").Trim();
        if (!SeparatedDigits().IsMatch(digits)) return null;
        NumberText.TryRead(digits, out var number, out var problem);
        if (problem.Length == 0) return NumberText.IsAmbiguous(digits) ? null : NumberText.Format(number);
        var said = problem[(problem.LastIndexOf("write ", StringComparison.Ordinal) + "write ".Length)..];
        return NumberText.TryRead(said, out var advised, out _) ? NumberText.Format(advised) : null;
    }

    /// <summary>The currency an amount names: its code; empty where the sign is that of several (¥, ₩ …); null where it names none, or a dollar.</summary>
    private static string? CurrencyOf(string text) => CurrencyWords().Match(text) is not { Success: true, Value: var word } ? null : word switch
    {
        "$" => null,
        "€" => "EUR",
        "£" => "GBP",
        { Length: 3 } when NumberAdvice.IsCurrency(word) => word,
        _ => "",
    };

    private static RowValue Typed(string name, string text) => name switch
    {
        BudgetValue => new RowValue.Number(text),
        "Enabled" or "Adopt" or "KeepExtraSubscribers" => new RowValue.Bool(text == "true"),
        _ => new RowValue.Text(text),
    };

    private static string[] Pieces(string text) =>
        text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\A[0-9]{9,11}\z")]
    private static partial Regex ShortOfZeros();

    [GeneratedRegex(@"\A\s*[0-9]{12}\s*\z")]
    private static partial Regex Padded();

    [GeneratedRegex(@"\A[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>\z")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"(?i)mailto:")]
    private static partial Regex MailTo();

    // "1,500" is 1500 to one half of the world and 1.5 to the other; so is "1.500", which is a number already.
    [GeneratedRegex(@"\A\D*[1-9][0-9]{0,2}[,.][0-9]{3}\D*\z")]
    private static partial Regex AmbiguousComma();

    [GeneratedRegex(@"\p{Sc}|\b[A-Z]{3}\b")]
    private static partial Regex CurrencyWords();

    [GeneratedRegex(@"\A[0-9]{1,3}([.,' ]?[0-9]{3})*([.,][0-9]{1,2})?\z|\A[0-9]+([.,][0-9]{1,2})?\z")]
    private static partial Regex SeparatedDigits();
}
