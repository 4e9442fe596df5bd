using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.S3;

/// <summary>A bucket of one account, seen by the official SDK and by requests as they are on the wire.</summary>
internal sealed class S3TestBed : IAsyncDisposable
{
    public const string Account = "999999999999";
    public const string Bucket = "pages-bucket";

    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly HttpClient client;

    public S3TestBed(bool keepsVersions = false)
    {
        Cloud = new LocalCloud(new LocalCloudOptions { Time = Clock });
        Cloud.S3.PutBucket(Account, Bucket, keepsVersions);
        client = new HttpClient(Cloud.CreateHandler()) { BaseAddress = new Uri("http://aws.localhost") };
    }

    public FakeTimeProvider Clock { get; } = new(Api.Start);

    public LocalCloud Cloud { get; }

    /// <param name="hosted">True: as at AWS, with the bucket in the host's name.</param>
    public AmazonS3Client Sdk(string account = Account, bool hosted = false)
    {
        var config = Tests.Sdk.Reach(new AmazonS3Config { ForcePathStyle = !hosted }, Cloud);
        if (hosted) config.ServiceURL = "https://s3.us-east-1.amazonaws.com";
        return new AmazonS3Client(Tests.Sdk.Administrator(account), config);
    }

    /// <summary>A session of a role whose policy allows these actions on everything of S3.</summary>
    public AmazonS3Client SdkOf(params string[] actions)
    {
        var role = Cloud.Iam.PutRole(Account, Policies.Role("reader", [.. actions.Select(action => Policies.Allow(action))]));
        var session = Cloud.Sts.OpenSession(role, "s", TimeSpan.FromHours(1));
        var credentials = new SessionAWSCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
        return new AmazonS3Client(credentials, Tests.Sdk.Reach(new AmazonS3Config { ForcePathStyle = true }, Cloud));
    }

    public async Task<(HttpStatusCode Status, string Code, string Message)> SendAsync(
        string method, string path, string body = "", string? hash = "UNSIGNED-PAYLOAD", string region = "us-east-1",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={Account}/20260101/{region}/s3/aws4_request, SignedHeaders=host, Signature=0");
        if (hash is not null) request.Headers.Add("x-amz-content-sha256", hash.Length > 0 ? hash : EmptyHash);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) return (response.StatusCode, "", text);
        var error = XElement.Parse(text);
        return (response.StatusCode, error.Element("Code")!.Value, error.Element("Message")!.Value);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Cloud.DisposeAsync();
    }
}
