using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>
/// Takes out of a text of others what of a secret is in it, as it is and in the forms in which it was sent or may come back: after its scheme,
/// in Base64 as a login of name and password, in a URL, in JSON or in hex; and in any case, since a proxy may write a header in another.
/// </summary>
internal sealed class SecretMask
{
    private const string Mask = "…";

    /// <summary>Parts of words would go with shorter ones, and hide what the provider says.</summary>
    private const int Shortest = 4;

    private readonly string[] forms;

    /// <param name="secret">The secret's members; null where it is no JSON object.</param>
    public SecretMask(JsonObject? secret)
    {
        var values = (secret ?? []).Select(member => member.Value?.ToString() ?? "").Where(value => value.Length > 0).ToList();
        var login = secret?["username"] is { } user && secret["password"] is { } password ? [$"{user}:{password}"] : Array.Empty<string>();
        forms =
        [
            // What comes after a scheme or in the path and query of an address is a secret by itself.
            .. values.Concat(login).SelectMany(value => Parts(value).Append(value))
                .SelectMany(Forms)
                .Where(form => form.Length >= Shortest)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(form => form.Length),
        ];
    }

    public string Hide(string text)
    {
        foreach (var form in forms) text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    private static IEnumerable<string> Parts(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? [address!.PathAndQuery.TrimStart('/'), .. Long(Regex.Split(address.PathAndQuery, "[/?&=]"))]
            : Long(value.Split(' '));

    /// <summary>Of a part alone: a word such as "services" or "Bearer" says nothing, and would take the provider's own words with it.</summary>
    private static IEnumerable<string> Long(IEnumerable<string> parts) => parts.Where(part => part.Length >= 2 * Shortest && part.Any(char.IsAsciiDigit));

    private static IEnumerable<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var base64 = Convert.ToBase64String(bytes);
        yield return value;
        yield return base64;
        yield return base64.TrimEnd('=');
        yield return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        yield return Uri.EscapeDataString(value);
        yield return Uri.EscapeDataString(base64);
        yield return WebUtility.UrlEncode(value);
        yield return WebUtility.HtmlEncode(value);
        yield return JsonEncodedText.Encode(value).ToString();
        yield return JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return value.Replace("/", "\\/", StringComparison.Ordinal);
        yield return Convert.ToHexString(bytes);
    }
}
