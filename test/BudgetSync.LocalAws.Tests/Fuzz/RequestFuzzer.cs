using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>Makes requests of one operation that are wrong in one way or in many, by chance: the same seed makes the same ones.</summary>
internal sealed class RequestFuzzer(FuzzedOperation operation, FuzzCloud world, Random random)
{
    private const string Placeholder = "@@hostile@@";

    private readonly ShapeSamples samples = new(random, world.Words);

    public WireRequest Next() => random.Next(12) switch
    {
        0 => Body(Bytes(random.Next(300))),
        1 => Body(Encoding.UTF8.GetBytes(Structure(4))),
        2 or 3 or 4 or 5 => Request(Mutated(Known())),
        6 or 7 => Request(Mutated(Generated())),
        8 => Damaged(Plain(Known())),
        9 => Protocol(Plain(Known())),
        10 => random.Next(3) == 0 ? Plain(Generated()) : Plain(Mutate(Known())),
        _ => Request(Mutated(Mutate(Known()))),
    };

    private JsonObject Known()
    {
        var known = KnownRequests.Setup.Concat(KnownRequests.Others).Where(request => request.Name == operation.Name).ToList();
        return known.Count == 0 ? Generated() : world.Resolved(Pick(known).Input);
    }

    private JsonObject Generated() => samples.Of(operation.Operation.Input, "", 0) as JsonObject ?? [];

    private WireRequest Plain(JsonObject input) => RequestText.Of(operation, input, KnownRequests.Account);

    private WireRequest Body(byte[] body) => RequestText.Of(operation, body, KnownRequests.Account);

    /// <summary>One value of the input is hostile, or not there, or there in a member that is not known.</summary>
    private JsonObject Mutated(JsonObject input)
    {
        var places = Places(input).ToList();
        if (places.Count == 0 || random.Next(30) == 0)
        {
            input["Unknown"] = Placeholder;
            return input;
        }

        var (parent, key) = Pick(places);
        if (parent is JsonObject members)
        {
            if (random.Next(8) == 0) members.Remove((string)key);
            else members[(string)key] = Placeholder;
        }
        else
        {
            parent.AsArray()[(int)key] = Placeholder;
        }

        return input;
    }

    /// <summary>
    /// As <see cref="Mutated"/>, but what stands there is of the right kind: another word that means something here, or nearly the same text (expressions,
    /// patterns and policies have a grammar of their own).
    /// </summary>
    private JsonObject Mutate(JsonObject input)
    {
        var texts = Places(input).Where(place => place.Parent is JsonObject members && members[(string)place.Key] is JsonValue value
            && value.TryGetValue<string>(out _)).ToList();
        if (texts.Count == 0) return input;
        var (parent, key) = Pick(texts);
        var members = parent.AsObject();
        var name = (string)key;
        members[name] = random.Next(3) == 0 ? Pick(world.Words) : Edited(members[name]!.GetValue<string>());
        return input;
    }

    private string Edited(string text)
    {
        for (var times = random.Next(1, 4); times > 0 && text.Length > 0; times--)
        {
            var (from, to) = (random.Next(text.Length), random.Next(text.Length));
            text = random.Next(3) switch
            {
                0 => text.Remove(from, Math.Min(random.Next(1, 6), text.Length - from)),
                1 => text.Insert(from, text[Math.Min(from, to)..Math.Min(text.Length, Math.Min(from, to) + 8)]),
                _ => text.Insert(from, Pick(["(", ")", "[", "]", "{", "}", ":", "#", "*", "?", ",", ".", "\"", "\\", "-", "9", " ", "$", "/", "é", "\0"])),
            };
        }

        return text;
    }

    private WireRequest Request(JsonObject input)
    {
        if (operation.Of.Protocol is not (WireProtocol.Query or WireProtocol.Ec2Query or WireProtocol.RestJson or WireProtocol.RestXml))
            return Body(Encoding.UTF8.GetBytes(input.ToJsonString().Replace($"\"{Placeholder}\"", Pick(HostileValues.Json), StringComparison.Ordinal)));
        var hostile = Pick(HostileValues.Text);
        var request = Plain(input);
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.Replace(Placeholder, hostile, StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
        var escaped = Uri.EscapeDataString(Placeholder);
        return request with
        {
            Path = request.Path.Replace(escaped, hostile, StringComparison.Ordinal),
            Headers = headers,
            Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(request.Body)
                .Replace(escaped, hostile, StringComparison.Ordinal)
                .Replace(Placeholder, hostile, StringComparison.Ordinal)),
        };
    }

    /// <summary>Some bytes of the body are others, more or fewer.</summary>
    private WireRequest Damaged(WireRequest request)
    {
        var bytes = request.Body.ToList();
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 10), bytes.Count - at)); break;
                default: bytes.InsertRange(at, random.Next(2) == 0 ? bytes[at..Math.Min(at + 20, bytes.Count)] : [.. Bytes(3)]); break;
            }
        }

        return request with { Body = [.. bytes] };
    }

    /// <summary>The body is right, and what is around it is not.</summary>
    private WireRequest Protocol(WireRequest request)
    {
        var headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase);
        var text = Pick(HostileValues.Text);
        switch (random.Next(12))
        {
            case 0: headers.Remove("X-Amz-Target"); break;
            case 1: headers["X-Amz-Target"] = text; break;
            case 2: headers["X-Amz-Target"] = $"{operation.Of.TargetPrefix}.{text}"; break;
            case 3: headers.Remove("Content-Type"); break;
            case 4: headers["Content-Type"] = random.Next(2) == 0 ? RequestText.FormType : text; break;
            case 5:
                headers.Remove("X-Amz-Target");
                headers["Content-Type"] = RequestText.FormType;
                break;
            case 6: headers.Remove("Authorization"); break;
            case 7:
                headers["Authorization"] =
                    random.Next(2) == 0 ? text : $"AWS4-HMAC-SHA256 Credential={text}/20260101/{Pick(HostileValues.Text)}/{text}/aws4_request";
                break;
            case 8: headers["X-Amz-Security-Token"] = text; break;
            case 9: headers["Content-Encoding"] = random.Next(2) == 0 ? "gzip" : text; break;
            case 10: return request with { Method = Pick(["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "", "é"]) };
            default: return request with { Path = $"{request.Path}{Pick(["/", "?", "/../", "%2f"])}{text}" };
        }

        return request with { Headers = headers };
    }

    private string Structure(int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => $"\"{Pick(world.Words).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        1 or 2 => Pick(HostileValues.Json),
        3 => random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture),
        4 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Structure(depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Pick(MemberNames())}\":{Structure(depth - 1)}"))}}}",
    };

    private IReadOnlyList<string> MemberNames() =>
        operation.Operation.Input is Shape.Structure { Known.Count: > 0 } structure ? [.. structure.Known.Keys, "Unknown"] : ["Unknown"];

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Inside(node, member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, i) => Inside(node, i, item)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Inside(JsonNode parent, object key, JsonNode? value) =>
        [(parent, key), .. value is null ? [] : Places(value)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
