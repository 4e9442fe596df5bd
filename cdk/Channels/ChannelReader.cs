using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Cdk.Channels;

/// <summary>One channel of the setting, and all that is wrong with it.</summary>
internal sealed class ChannelReader(string thing, JsonObject? json)
{
    private const string NamePattern = "^[A-Za-z][A-Za-z0-9-]{0,31}$";
    private const string ConversationPattern = "^[CGD][A-Z0-9]{7,20}$";
    private const string ProjectPattern = "^[A-Z][A-Z0-9_]{1,63}$";
    private const string IssueTypePattern = @"^[^""\\]{1,60}$";
    private const string NumberPattern = @"^\+[1-9][0-9]{6,14}$";

    // A name of Secrets Manager (CreateSecret, Name), or an ARN; both without the colons that would end a dynamic reference's first part.
    private const string SecretPattern = @"^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}$";

    /// <summary>Secrets Manager API reference, GetSecretValue, VersionId.</summary>
    private const string SecretVersionPattern = "^[A-Za-z0-9-]{32,64}$";

    // What a person may paste by mistake: tokens and keys of the providers.
    private const string LooksSecret = "^(xox[a-z]-|[0-9a-f]{32}$|R[0-9A-Z]{31}$)";

    /// <summary>EventBridge API reference, CreateApiDestination, InvocationEndpoint.</summary>
    private const int EndpointLength = 2_048;

    private const int MostPerHour = 1_000;

    /// <summary>EventBridge API reference, CreateApiDestination, InvocationRateLimitPerSecond: 300 where none is given.</summary>
    private const int MostPerSecond = 300;

    private static readonly string[] Always = ["name", "kind", "perHour"];

    private readonly ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();

    public ImmutableArray<string> Problems => problems.ToImmutable();

    /// <summary>Null where it has a problem.</summary>
    public ChannelSetting? Read()
    {
        if (json is null)
        {
            problems.Add($"{thing}: is no channel; write for example {{\"name\": \"finops\", \"kind\": \"Slack\", …}}");
            return null;
        }

        var name = Required("name", NamePattern, "a letter and then up to 31 letters, digits or -");
        if (string.Equals(name, ChannelsReader.Operations, StringComparison.OrdinalIgnoreCase))
            problems.Add($"{thing}.name: \"{name}\" is the operations topic, which needs no setting; choose another name");
        if (string.Equals(name, "none", StringComparison.OrdinalIgnoreCase))
            problems.Add($"{thing}.name: \"{name}\" would read in rows as if nobody were told; choose another name");
        var word = Required("kind", ".", "one of " + string.Join(", ", Enum.GetNames<ChannelKind>()));
        if (!Enum.GetNames<ChannelKind>().Contains(word, StringComparer.Ordinal))
        {
            var kinds = Enum.GetNames<ChannelKind>();
            var wayOut = NearestName.Of(word, kinds) ?? "one of them";
            if (word.Length > 0) problems.Add($"{thing}.kind: \"{word}\" is not one of {string.Join(", ", kinds)}; write {wayOut}");
            return null;
        }

        var kind = Enum.Parse<ChannelKind>(word);
        var needs = ChannelNeeds.Of(kind);
        string[] known =
        [
            .. Always, .. needs.Needs, .. needs.May, .. needs.SecretKeys.Length > 0 ? ["secretVersion"] : Array.Empty<string>(),
            .. needs.HasEndpoint ? ["publicPath"] : Array.Empty<string>(), .. needs.IsTopic ? [] : new[] { "perSecond" },
            .. ChannelNeeds.MayDigest(kind) ? ["digest"] : Array.Empty<string>(),
        ];
        foreach (var member in json.Select(member => member.Key).Except(known).ToList())
        {
            var wayOut = NearestName.Of(member, known.Where(name => !json.ContainsKey(name))) is { } nearest ? $"write {nearest}" : "remove it";
            problems.Add($"{thing}.{member}: a channel of kind {kind} has no such member; {wayOut}, or choose from {string.Join(", ", known)}");
            // What is to go needs no advice about what to write into it.
            json.Remove(member);
        }

        foreach (var member in needs.Needs.Where(member => json[member] is null))
            problems.Add($"{thing}.{member}: is missing; a channel of kind {kind} needs it{(member == "secret" ? SecretHint(needs) : "")}");
        var channel = new ChannelSetting(name, kind)
        {
            Endpoint = (needs.HasEndpoint ? Https("endpoint", Flag("publicPath"), needs.Path) : null) ?? needs.Endpoint,
            TokenEndpoint = Https("tokenEndpoint", publicPath: true),
            Secret = Secret(needs),
            SecretVersion = Text("secretVersion", SecretVersionPattern, "write the id of a version of the secret, 32 to 64 letters, digits and -"),
            Conversation = Text("conversation", ConversationPattern, "write the conversation's id, for example C0123456789 (not its name)"),
            Project = Text("project", ProjectPattern, "write the project's key, for example FINOPS"),
            IssueType = Text("issueType", IssueTypePattern, "write the name of an issue type, for example Task"),
            Subscribers =
            [
                .. List("addresses", Settings.EmailPattern, "is no e-mail address"),
                .. List("numbers", NumberPattern, "is no number in E.164, +4915112345678"),
            ],
            PerHour = Number("perHour", MostPerHour) ?? new ChannelSetting("", default).PerHour,
            PerSecond = Number("perSecond", MostPerSecond),
            Digest = Text("digest", "^(Daily|Weekly)$", "write Daily or Weekly, or leave it away for none"),
        };
        return problems.Count == 0 ? channel : null;
    }

    private static string SecretHint(ChannelNeeds needs) =>
        $": the name of a secret of Secrets Manager whose JSON has {string.Join(" and ", needs.SecretKeys)}";

    private string Required(string member, string pattern, string rule)
    {
        if (json?[member] is not null) return Text(member, pattern, rule) ?? "";
        problems.Add($"{thing}.{member}: is missing; {rule}");
        return "";
    }

    private string? Text(string member, string pattern, string rule)
    {
        if (json?[member] is not { } node) return null;
        if (node is JsonValue value && value.TryGetValue<string>(out var text) && Regex.IsMatch(text, pattern)) return text;
        problems.Add($"{thing}.{member}: {node.ToJsonString()} is not valid: {rule}");
        return null;
    }

    private string? Secret(ChannelNeeds needs)
    {
        if (json?["secret"] is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        // What may be a secret itself is not shown, neither here nor in a log of a pipeline.
        if (Regex.IsMatch(text, SecretPattern) && !Regex.IsMatch(text, LooksSecret)) return text;
        problems.Add($"{thing}.secret: is no name and no ARN of a secret{SecretHint(needs)}; write that, and never the secret itself");
        return null;
    }

    private string? Https(string member, bool publicPath, EndpointPath? path = null)
    {
        if (Text(member, ".", "write a URL") is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            problems.Add($"{thing}.{member}: is no https URL without user and fragment; EventBridge calls no other");
        else if (text.Length > EndpointLength)
            problems.Add($"{thing}.{member}: has {text.Length} characters; EventBridge takes {EndpointLength}");
        else if (text.Contains("{{", StringComparison.Ordinal) || text.Contains('*'))
            problems.Add($"{thing}.{member}: has {{{{ or *, which CloudFormation and EventBridge read as something else");
        else if (IsInside(url))
            problems.Add($"{thing}.{member}: {url.Host} is no address of the internet, and EventBridge calls from there; write a public name");
        else if (path is not null && !Regex.IsMatch(url.AbsolutePath, path.Pattern))
            problems.Add($"{thing}.{member}: {url.AbsolutePath} is no path of that provider's API; write https://{url.Host}{path.Example}");
        else if (EndpointSecrets.Problem(url, publicPath) is { } secret)
            problems.Add($"{thing}.{member}: {secret}");
        return text;
    }

    /// <summary>Loopback, and what RFC 1918, 3927, 4193 and 4291 keep for networks of one's own.</summary>
    private static bool IsInside(Uri url)
    {
        if (url.IsLoopback) return true;
        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any);
        return address.GetAddressBytes() is [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..];
    }

    private IEnumerable<string> List(string member, string pattern, string rule)
    {
        if (json?[member] is not { } node) return [];
        if (node is not JsonArray { Count: > 0 } list)
        {
            problems.Add($"{thing}.{member}: {node.ToJsonString()} is no list with an entry; write at least one");
            return [];
        }

        var texts = list.Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : item?.ToJsonString() ?? "null").ToList();
        foreach (var wrong in texts.Where(text => !Regex.IsMatch(text, pattern))) problems.Add($"{thing}.{member}: \"{wrong}\" {rule}");
        return texts.Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private bool Flag(string member)
    {
        if (json?[member] is not { } node) return false;
        if (node is JsonValue value && value.TryGetValue<bool>(out var flag)) return flag;
        problems.Add($"{thing}.{member}: {node.ToJsonString()} is not valid: write true or false");
        return false;
    }

    private int? Number(string member, int most)
    {
        if (json?[member] is not { } node) return null;
        if (int.TryParse(node.ToString(), out var number) && number >= 1 && number <= most) return number;
        problems.Add($"{thing}.{member}: {node.ToJsonString()} is no whole number from 1 to {most}");
        return null;
    }
}
