using System.Collections.Immutable;
using Amazon.Runtime;

namespace BudgetSync.Compat.Wire;

/// <summary>The SDK's five defaults modes with the values the official packages ship (<c>AWS_DEFAULTS_MODE</c> chooses one).</summary>
internal static class DefaultModes
{
    public static readonly ImmutableArray<IDefaultConfiguration> All =
    [
        Mode(DefaultConfigurationMode.Standard, connectMilliseconds: 3_100),
        Mode(DefaultConfigurationMode.InRegion, connectMilliseconds: 1_100),
        Mode(DefaultConfigurationMode.CrossRegion, connectMilliseconds: 3_100),
        Mode(DefaultConfigurationMode.Mobile, connectMilliseconds: 30_000),
        Mode(DefaultConfigurationMode.Auto, connectMilliseconds: 1_100),
    ];

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, int connectMilliseconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
    };
}
