using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.S3;

/// <summary>Amazon S3, as much of it as a file that is put and fetched needs: general purpose buckets, versions, bucket policies.</summary>
public sealed partial class S3Service : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    private long nextVersion;

    internal S3Service(LocalCloud cloud)
        : base("s3", WireProtocol.RestXml)
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => buckets.GetValueOrDefault(arn.Split(':')[^1].Split('/')[0])?.Policy);
        cloud.Gateway.AddRoute(new S3Routes(cloud, this).HandleAsync);
        Operation("PutObject", S3Shapes.PutObject, Needs("s3:PutObject"), PutObject);
        Operation("GetObject", S3Shapes.GetObject, Needs("s3:GetObject"), GetObject);
    }

    public override string ValidationCode => "InvalidRequest";

    /// <summary>The versions of an object, oldest first.</summary>
    /// <exception cref="AwsException">NoSuchBucket.</exception>
    public IReadOnlyList<StoredObject> Versions(string bucket, string key) => Existing(bucket).Versions(key);

    /// <summary>Creates a bucket, or sets what it keeps; names are taken once in all accounts.</summary>
    /// <exception cref="AwsException">InvalidBucketName, or BucketAlreadyExists where another account has it.</exception>
    public void PutBucket(string accountId, string name, bool keepsVersions = false, string? region = null)
    {
        if (!BucketName().IsMatch(name)) throw S3Errors.InvalidBucketName();
        var bucket = buckets.GetOrAdd(name, _ => new Bucket(name, accountId, region ?? cloud.Options.Region));
        if (bucket.AccountId != accountId) throw S3Errors.BucketExists();
        bucket.KeepsVersions = keepsVersions;
    }

    /// <exception cref="AwsException">NoSuchBucket.</exception>
    public void PutPolicy(string bucket, PolicyDocument? policy) => Existing(bucket).Policy = policy;

    /// <exception cref="AwsException">NoSuchBucket, or BucketNotEmpty.</exception>
    public void DeleteBucket(string bucket)
    {
        if (!Existing(bucket).IsEmpty) throw S3Errors.BucketNotEmpty();
        buckets.TryRemove(bucket, out _);
    }

    /// <summary>Whether there is a bucket of this name, in whatever account.</summary>
    public bool HasBucket(string bucket) => buckets.ContainsKey(bucket);

    private JsonObject PutObject(AwsCall call)
    {
        var bucket = Here(call);
        var key = call.Input.RequiredText("Key");
        if (Encoding.UTF8.GetByteCount(key) > AwsLimits.S3.KeyBytes) throw S3Errors.KeyTooLong();
        var body = Convert.FromBase64String(call.Input.Text("Body") ?? "");
        BodySums.Check(call.Input, body);
        var version = bucket.KeepsVersions ? string.Create(CultureInfo.InvariantCulture, $"v{Interlocked.Increment(ref nextVersion):D8}") : "null";
        var made = new StoredObject(
            key,
            version,
            body,
            // API reference, PutObject: what has no type is a stream of bytes.
            call.Input.Text("ContentType") ?? "binary/octet-stream",
            BodySums.ETag(body),
            call.Input.Text("ChecksumCRC32"),
            cloud.Time.GetUtcNow());
        bucket.Put(made);
        return Told(bucket, made, withSum: true);
    }

    private JsonObject GetObject(AwsCall call)
    {
        var bucket = Here(call);
        var versions = bucket.Versions(call.Input.RequiredText("Key"));
        if (versions.IsEmpty) throw Missing(call, bucket);
        var found = call.Input.Text("VersionId") is { } version
            ? versions.FirstOrDefault(one => one.VersionId == version) ?? throw S3Errors.NoSuchVersion()
            : versions[^1];
        var answer = Told(bucket, found, call.Input.Has("ChecksumMode"));
        answer["ContentType"] = found.ContentType;
        answer["LastModified"] = found.At.ToString("R", CultureInfo.InvariantCulture);
        answer["Body"] = Convert.ToBase64String(found.Body.Span);
        return answer;
    }

    private static JsonObject Told(Bucket bucket, StoredObject what, bool withSum)
    {
        // Every object is encrypted, and by S3's own keys where nothing else is asked for (UG "Setting default server-side encryption behavior").
        var told = new JsonObject { ["ETag"] = $"\"{what.ETag}\"", ["ServerSideEncryption"] = "AES256" };
        if (bucket.KeepsVersions) told["VersionId"] = what.VersionId;
        if (withSum && what.Crc32 is { } sum) told["ChecksumCRC32"] = sum;
        return told;
    }

    /// <summary>That there is no such object is told to who may list the bucket; others are refused (API reference, GetObject, "Permissions").</summary>
    private AwsException Missing(AwsCall call, Bucket bucket)
    {
        var list = new IamRequest("s3:ListBucket", ArnOf(bucket.Name)) { ResourceAccount = bucket.AccountId };
        return cloud.Iam.IsAllowed(call.Caller, list)
            ? S3Errors.NoSuchKey()
            : AccessDenied.For(call, list, "because no identity-based policy allows the s3:ListBucket action");
    }

    private Bucket Here(AwsCall call)
    {
        var name = call.Input.RequiredText("Bucket");
        if (!BucketName().IsMatch(name)) throw S3Errors.InvalidBucketName();
        var bucket = Existing(name);
        return bucket.Region == call.Region ? bucket : throw S3Errors.WrongRegion(call.Region, bucket.Region);
    }

    private Bucket Existing(string name) => buckets.GetValueOrDefault(name) ?? throw S3Errors.NoSuchBucket();

    private Func<AwsCall, IEnumerable<IamRequest>> Needs(string action) => call =>
    {
        var name = call.Input.RequiredText("Bucket");
        return [new IamRequest(action, $"{ArnOf(name)}/{call.Input.RequiredText("Key")}") { ResourceAccount = buckets.GetValueOrDefault(name)?.AccountId }];
    };

    private static string ArnOf(string bucket) => $"arn:aws:s3:::{bucket}";

    /// <summary>UG "General purpose bucket naming rules": 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends.</summary>
    [GeneratedRegex(@"^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
