using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Channels;

/// <summary>Reads the setting <c>channels</c>: a list, or a file that holds one. Everything that is wrong with all channels is told at once.</summary>
internal static class ChannelsReader
{
    /// <summary>The name of the topic for operations, which is a channel without a setting.</summary>
    public const string Operations = "operations";

    /// <summary>
    /// A Lambda function's environment has 4 KB in all (Lambda quotas); the functions' other variables take less than 1 KB.
    /// </summary>
    private const int MostBytes = 3_000;

    /// <summary>Of a standard parameter (Systems Manager user guide, "Managing parameter tiers").</summary>
    private const int MostLetters = 4_096;

    /// <summary>What people's tools must know of the channels, as JSON.</summary>
    public static string ForTools(IEnumerable<ChannelSetting> channels) => new JsonArray([.. channels.Select(channel => channel.ForTools())]).ToJsonString();

    /// <returns>
    /// The channels that can be read; null where the setting is absent, and then alerts stay off, or is no list. With all that is wrong with it.
    /// </returns>
    public static (ImmutableArray<ChannelSetting>? Channels, ImmutableArray<string> Problems) Read(object? written)
    {
        if (written is null) return (null, []);
        // An empty variable of a pipeline would take every channel away.
        if (written is string text && string.IsNullOrWhiteSpace(text))
            return (null, ["channels: is empty; write a list or a file's name, [] for the operations topic alone, or leave it away for no alerts"]);
        JsonNode? node;
        try
        {
            node = ContextJson.Read(written);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, [$"channels: \"{Shown(written)}\" is neither a JSON list nor a file that can be read: {unreadable.Message}"]);
        }

        if (node is not JsonArray list) return (null, [$"channels: \"{Shown(written)}\" is no list; write [] for none, or a list of channels"]);
        var problems = ImmutableArray.CreateBuilder<string>();
        var channels = ImmutableArray.CreateBuilder<ChannelSetting>();
        for (var index = 0; index < list.Count; index++)
        {
            var reader = new ChannelReader($"channels[{index}]", list[index] as JsonObject);
            if (reader.Read() is { } channel) channels.Add(channel);
            problems.AddRange(reader.Problems);
        }

        // Also those of channels that have something else wrong.
        var names = list.Select(item => (item as JsonObject)?["name"]).Where(name => name?.GetValueKind() == JsonValueKind.String).Select(name => $"{name}");
        foreach (var twice in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add($"channels: \"{twice.Key}\" is the name of {twice.Count()} channels; give each its own, in other letters than just other cases");
        var bytes = System.Text.Encoding.UTF8.GetByteCount(new JsonArray([.. channels.Select(channel => channel.ForFunctions())]).ToJsonString());
        if (bytes > MostBytes)
            problems.Add($"channels: {channels.Count} channels take {bytes} bytes of a function's environment, and {MostBytes} are free; use fewer channels");
        var letters = ForTools(channels).Length;
        if (letters > MostLetters)
            problems.Add(
                $"channels: {channels.Count} channels take {letters} characters of the parameter {Names.Channels}, which has {MostLetters}; "
                + "use fewer channels");
        return (channels.ToImmutable(), problems.ToImmutable());
    }

    private static string Shown(object written) => written as string ?? written.GetType().Name;
}
