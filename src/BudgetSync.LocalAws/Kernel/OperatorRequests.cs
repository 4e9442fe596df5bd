using System.Globalization;
using BudgetSync.LocalAws.Messages;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// What whoever runs the cloud may ask of it on its port, beside AWS's own requests: which run this is, that it begin anew, and the page with
/// the messages that have arrived. AWS has nothing of the kind; moto (/moto-api/reset) and LocalStack (/_localstack/state/reset) do.
/// </summary>
internal static class OperatorRequests
{
    private const string Path = "/_local";

    /// <summary>Null where the request is one of AWS's.</summary>
    public static WireResponse? Answer(LocalCloud cloud, string method, string path) => (method, path) switch
    {
        ("GET", Path) => Run(200, cloud),
        ("POST", Path + "/reset") => Reset(cloud),
        ("GET", Path + "/inbox") => InboxPage.Answer(cloud),
        _ => null,
    };

    private static WireResponse Reset(LocalCloud cloud)
    {
        var answer = Run(202, cloud);
        cloud.AskReset();
        return answer;
    }

    private static WireResponse Run(int status, LocalCloud cloud) => new(
        status,
        "application/json",
        System.Text.Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"run":{{cloud.Run}},"ready":{{(cloud.IsReady ? "true" : "false")}}}""")),
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Connection"] = "close" });
}
