using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SecurityToken;

namespace BudgetSync.LocalAws.Tests;

/// <summary>The official SDK's clients over a cloud in the same process: real serialization and signing, no socket.</summary>
internal static class Sdk
{
    /// <summary>Nothing listens here; the handler answers before any socket is opened.</summary>
    private const string Url = "http://aws.localhost";

    public static AmazonDynamoDBClient DynamoDb(LocalCloud cloud, string accountId) =>
        new(Administrator(accountId), Reach(new AmazonDynamoDBConfig(), cloud));

    public static AmazonSecurityTokenServiceClient Sts(LocalCloud cloud, AWSCredentials credentials) =>
        new(credentials, Reach(new AmazonSecurityTokenServiceConfig(), cloud));

    /// <summary>The credentials of an account's own administrator: the access key id is the account's 12 digits.</summary>
    public static AWSCredentials Administrator(string accountId) => new BasicAWSCredentials(accountId, "any");

    /// <summary>Points any client configuration at the cloud; the SDK's own retries are off, so that a test sees each error once.</summary>
    public static TConfig Reach<TConfig>(TConfig config, LocalCloud cloud)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = cloud.Options.Region;
        config.MaxErrorRetry = 0;
        config.HttpClientFactory = new Factory(cloud);
        return config;
    }

    private sealed class Factory(LocalCloud cloud) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(cloud.CreateHandler());

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
