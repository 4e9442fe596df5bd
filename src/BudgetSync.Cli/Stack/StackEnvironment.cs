using System.Text.RegularExpressions;
using Amazon.Runtime.CredentialManagement;

namespace BudgetSync.Cli.Stack;

/// <summary>The variables that the AWS clients are made of, with a profile's region and credentials in them.</summary>
internal static partial class StackEnvironment
{
    /// <summary>Where a region is looked for, the first before the second.</summary>
    public static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <exception cref="CommandException">
    /// The profile that was asked for is not there, or gives no credentials; or the endpoint is no URL, or the region none.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Of(StackSettings settings)
    {
        var environment = new Dictionary<string, string>(settings.Environment, StringComparer.Ordinal);
        CheckEndpoint(environment);
        CheckRegion(environment);
        // What the AWS CLI does: keys in the environment come before AWS_PROFILE, and --profile comes before both.
        var keyed = environment.GetValueOrDefault("AWS_ACCESS_KEY_ID") is { Length: > 0 }
            && environment.GetValueOrDefault("AWS_SECRET_ACCESS_KEY") is { Length: > 0 };
        var named = environment.GetValueOrDefault("AWS_PROFILE") is { Length: > 0 } variable ? variable : null;
        var wanted = settings.Profile ?? (keyed ? null : named);
        if (settings.Local) return environment;
        try
        {
            Take(wanted, wanted ?? named ?? "default", environment, settings.Profile is null ? "AWS_PROFILE" : "--profile");
        }
#pragma warning disable CA1031 // The SDK's readers of configuration files, SSO caches and credential processes throw whatever they meet.
        catch (Exception exception) when (exception is not CommandException)
#pragma warning restore CA1031
        {
            if (wanted is null) return environment;
            throw new CommandException(
                $"profile \"{wanted}\" gives no credentials: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Sign in again ('aws sso login --profile "
                    + $"{wanted}'), or name another with --profile.");
        }

        return environment;
    }

    private static void Take(string? wanted, string consulted, Dictionary<string, string> environment, string source)
    {
        var chain = new CredentialProfileStoreChain();
        var found = chain.TryGetProfile(consulted, out var profile);
        // The clients read variables only; a region of the configuration files is as good.
        if (found && profile.Region is { } region && !environment.ContainsKey("AWS_DEFAULT_REGION")) environment.TryAdd("AWS_REGION", region.SystemName);
        if (wanted is null) return;
        if (!found || !chain.TryGetAWSCredentials(wanted, out var credentials))
            throw new CommandException($"{source}: there is no profile \"{wanted}\" in the AWS configuration files; 'aws configure list-profiles' lists them.");
        // Fixed now: no command here runs as long as the shortest session lasts.
        var keys = credentials.GetCredentials();
        (
            environment["AWS_ACCESS_KEY_ID"],
            environment["AWS_SECRET_ACCESS_KEY"],
            environment["AWS_SESSION_TOKEN"]) = (keys.AccessKey, keys.SecretKey, keys.Token ?? "");
    }

    /// <summary>A region is part of a host's name; the SDK throws for what can be none. It is right about no region that it does not know yet.</summary>
    private static void CheckRegion(Dictionary<string, string> environment)
    {
        var name = RegionVariables.FirstOrDefault(name => environment.GetValueOrDefault(name) is { Length: > 0 });
        if (name is not null && !HostLabel().IsMatch(environment[name]))
            throw new CommandException($"\"{environment[name]}\" is no region; write one like us-east-1 as --region or {name}", ExitCode.Usage);
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.IgnoreCase)]
    private static partial Regex HostLabel();

    private static void CheckEndpoint(Dictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault("AWS_ENDPOINT_URL") is { Length: > 0 } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new CommandException(
                $"AWS_ENDPOINT_URL: \"{text}\" is not a URL; set it to one like http://127.0.0.1:{LocalOrganization.DefaultPort}, or unset it",
                ExitCode.Usage);
    }
}
