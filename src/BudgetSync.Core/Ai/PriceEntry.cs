using System.Globalization;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Ai;

/// <summary>One price of a list: USD for a million tokens.</summary>
/// <param name="Kind"><see cref="ModelKind.Regional"/> or <see cref="ModelKind.Global"/>.</param>
/// <param name="Source">Where it was read: an address.</param>
/// <param name="On">When.</param>
/// <param name="CacheRead">Null where the source has none.</param>
/// <param name="CacheWrite">Null where the source has none.</param>
public sealed partial record PriceEntry(
    string Model,
    string Region,
    ModelKind Kind,
    decimal Input,
    decimal Output,
    string Source,
    DateOnly On,
    decimal? CacheRead = null,
    decimal? CacheWrite = null)
{
    /// <summary>Ours, far above any price: more is a price for a thousand times as many tokens.</summary>
    public const decimal Maximum = 10_000m;

    private static readonly string Rule = string.Create(CultureInfo.InvariantCulture, $"write USD for a million tokens, 0 to {Maximum}");

    /// <summary>Whether it is the name of a Region: <c>us-east-1</c>, <c>us-gov-west-1</c>, <c>eusc-de-east-1</c>.</summary>
    public static bool IsRegion(string text) => RegionForm().IsMatch(text);

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z")]
    private static partial Regex RegionForm();

    public ModelPrice Price => new(Input, Output, CacheRead, CacheWrite);

    internal IEnumerable<string> Problems()
    {
        if (Model.Length == 0) yield return "model is \"\"; write the model's id, for example amazon.nova-pro-v1:0";
        if (!IsRegion(Region)) yield return $"{Model}: region is \"{Region}\"; write the Region of the call, for example us-east-1";
        if (Source.Length == 0) yield return $"{Model} in {Region}: source is \"\"; write where the price was read";
        if (Kind is not (ModelKind.Regional or ModelKind.Global)) yield return $"{Model} in {Region}: kind is {Kind}; write Regional or Global";
        foreach (var (name, price) in new[] { ("input", Input), ("output", Output), ("cacheRead", CacheRead ?? 0), ("cacheWrite", CacheWrite ?? 0) })
        {
            if (price is < 0 or > Maximum)
                yield return string.Create(CultureInfo.InvariantCulture, $"{Model} in {Region}: {name} is {price}; {Rule}");
        }
    }
}
