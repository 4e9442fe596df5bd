using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace BudgetSync.Core.Page;

/// <summary>
/// Writes HTML so that text cannot become markup: the literal parts of an interpolated string are markup, every value in it is encoded. Only a
/// constant or a file of the program is written as it is, so no place has to be checked.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Adds markup with encoded values.</summary>
    public HtmlWriter Add([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        // The handler has written already.
        _ = markup;
        return this;
    }

    /// <summary>Adds markup that is a constant of the program.</summary>
    public HtmlWriter Add([ConstantExpected] string constant)
    {
        text.Append(constant);
        return this;
    }

    /// <summary>Adds a file that is built into the program.</summary>
    public HtmlWriter AddAsset(string asset)
    {
        text.Append(asset);
        return this;
    }

    public override string ToString() => text.ToString();

    /// <summary>
    /// Text as HTML shows it. Control characters and those that turn the direction of text have no place on a page and are replaced: a name must not be
    /// able to make its neighbours look like something else.
    /// </summary>
    internal static string Encode(string value)
    {
        var clean = value.Any(IsInvisible) ? string.Create(value.Length, value, (span, from) => Replace(from, span)) : value;
        // WebUtility writes × as six characters; the page is UTF-8, so only the five that have a meaning in markup need any.
        return clean.AsSpan().ContainsAny("<>&\"'") ? WebUtility.HtmlEncode(clean) : clean;
    }

    private static void Replace(string from, Span<char> to)
    {
        for (var index = 0; index < from.Length; index++) to[index] = IsInvisible(from[index]) ? '\uFFFD' : from[index];
    }

    private static bool IsInvisible(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>The parts of an interpolated string, as the compiler hands them over.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literalLength, int formattedCount, HtmlWriter writer)
    {
        // The compiler asks for both counts; a builder that grows needs neither.
        private readonly StringBuilder text = formattedCount >= 0 && literalLength >= 0 ? writer.text : throw new InvalidOperationException("No such string.");

        public void AppendLiteral(string value) => text.Append(value);

        public void AppendFormatted(string value) => text.Append(Encode(value));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : struct, IFormattable => text.Append(Encode(value.ToString(format, CultureInfo.InvariantCulture)));
    }
}
