using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The header <c>Lambda-Runtime-Client-Context</c>; empty where a function is not invoked from a mobile application.</summary>
internal sealed class MobileClient : IClientContext, IClientApplication
{
    public IDictionary<string, string> Environment { get; private init; }

    public IClientApplication Client { get; private init; }

    public IDictionary<string, string> Custom { get; private init; }

    public string AppPackageName { get; private init; }

    public string AppTitle { get; private init; }

    public string AppVersionCode { get; private init; }

    public string AppVersionName { get; private init; }

    public string InstallationId { get; private init; }

    public static IClientContext Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return new MobileClient();
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new MobileClient
        {
            Client = root.TryGetProperty("client", out var client) ? Application(client) : null,
            Custom = Map(root, "custom"),
            Environment = Map(root, "env"),
        };
    }

    private static MobileClient Application(JsonElement client) => new()
    {
        AppPackageName = Text(client, "app_package_name"),
        AppTitle = Text(client, "app_title"),
        AppVersionCode = Text(client, "app_version_code"),
        AppVersionName = Text(client, "app_version_name"),
        InstallationId = Text(client, "installation_id"),
    };

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static Dictionary<string, string> Map(JsonElement element, string name) => element.TryGetProperty(name, out var map)
        ? map.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.ToString())
        : null;
}
