using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace BudgetSync.LocalAws.Tests.S3;

public sealed class ObjectTests
{
    [Fact]
    public async Task An_object_is_fetched_as_it_was_put_with_type_sum_time_and_encryption()
    {
        await using var bed = new S3TestBed();
        using var sdk = bed.Sdk();

        var put = await sdk.PutObjectAsync(Put("a page/é+1.html", "<p>é"));
        using var got = await sdk.GetObjectAsync(S3TestBed.Bucket, "a page/é+1.html");

        Assert.Equal("<p>é", await new StreamReader(got.ResponseStream).ReadToEndAsync());
        Assert.Equal("text/html", got.Headers.ContentType);
        // Computed by md5sum.
        const string Sum = "\"911cf4445f3f7bb826b787f95f141613\"";
        Assert.Equal((Sum, Sum), (put.ETag, got.ETag));
        Assert.Equal(ServerSideEncryptionMethod.AES256, put.ServerSideEncryptionMethod);
        Assert.Equal(bed.Clock.GetUtcNow().UtcDateTime, got.LastModified);
        Assert.Null(put.VersionId);
    }

    [Fact]
    public async Task A_bucket_may_stand_in_the_hosts_name()
    {
        await using var bed = new S3TestBed();
        using var sdk = bed.Sdk(hosted: true);

        await sdk.PutObjectAsync(Put("a/b", "one"));

        Assert.Equal("one", Encoding.UTF8.GetString(Assert.Single(bed.Cloud.S3.Versions(S3TestBed.Bucket, "a/b")).Body.Span));
    }

    [Fact]
    public async Task Where_no_type_is_given_an_object_is_a_stream_of_bytes()
    {
        await using var bed = new S3TestBed();
        await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "one");
        using var sdk = bed.Sdk();

        using var got = await sdk.GetObjectAsync(S3TestBed.Bucket, "a");

        Assert.Equal("binary/octet-stream", got.Headers.ContentType);
    }

    [Fact]
    public async Task A_bucket_that_keeps_versions_has_all_of_them_and_answers_the_newest()
    {
        await using var bed = new S3TestBed(keepsVersions: true);
        using var sdk = bed.Sdk();

        var first = await sdk.PutObjectAsync(Put("a", "one"));
        var second = await sdk.PutObjectAsync(Put("a", "two"));

        Assert.NotEqual(first.VersionId, second.VersionId);
        using var newest = await sdk.GetObjectAsync(S3TestBed.Bucket, "a");
        Assert.Equal(("two", second.VersionId), (await new StreamReader(newest.ResponseStream).ReadToEndAsync(), newest.VersionId));
        using var old = await sdk.GetObjectAsync(new GetObjectRequest { BucketName = S3TestBed.Bucket, Key = "a", VersionId = first.VersionId });
        Assert.Equal("one", await new StreamReader(old.ResponseStream).ReadToEndAsync());
        Assert.Equal([first.VersionId, second.VersionId], bed.Cloud.S3.Versions(S3TestBed.Bucket, "a").Select(version => version.VersionId));
        Assert.Equal("NoSuchVersion", (await bed.SendAsync("GET", $"/{S3TestBed.Bucket}/a?versionId=other")).Code);
    }

    [Fact]
    public async Task A_bucket_that_keeps_none_has_the_last_object_only()
    {
        await using var bed = new S3TestBed();
        using var sdk = bed.Sdk();
        await sdk.PutObjectAsync(Put("a", "one"));
        await sdk.PutObjectAsync(Put("a", "two"));

        Assert.Equal("null", Assert.Single(bed.Cloud.S3.Versions(S3TestBed.Bucket, "a")).VersionId);
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_S3s_words()
    {
        await using var bed = new S3TestBed();

        Assert.Equal((HttpStatusCode.NotFound, "NoSuchKey"), Told(await bed.SendAsync("GET", $"/{S3TestBed.Bucket}/none")));
        Assert.Equal((HttpStatusCode.NotFound, "NoSuchBucket"), Told(await bed.SendAsync("GET", "/another-bucket/none")));
        Assert.Equal((HttpStatusCode.NotFound, "NoSuchBucket"), Told(await bed.SendAsync("PUT", "/another-bucket/none", "body")));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper-case")]
    [InlineData("under_score")]
    [InlineData("-hyphen-first")]
    [InlineData("two..dots")]
    public async Task A_name_that_no_bucket_can_have_is_refused(string name)
    {
        await using var bed = new S3TestBed();

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidBucketName"), Told(await bed.SendAsync("GET", $"/{name}/a")));
    }

    [Fact]
    public async Task A_key_has_at_most_1024_bytes()
    {
        await using var bed = new S3TestBed();

        Assert.Equal(HttpStatusCode.OK, (await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/{new string('a', 1024)}", "x")).Status);
        // é has two bytes.
        var tooLong = Uri.EscapeDataString(new string('a', 1023) + "é");
        Assert.Equal((HttpStatusCode.BadRequest, "KeyTooLongError"), Told(await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/{tooLong}", "x")));
    }

    [Fact]
    public async Task A_body_must_be_what_its_sums_say()
    {
        await using var bed = new S3TestBed();
        const string Path = $"/{S3TestBed.Bucket}/a";
        var hash = Convert.ToHexStringLower(SHA256.HashData("body"u8));

        Assert.Equal(HttpStatusCode.OK, (await bed.SendAsync("PUT", Path, "body", hash)).Status);
        Assert.Equal("XAmzContentSHA256Mismatch", (await bed.SendAsync("PUT", Path, "other", hash)).Code);
        Assert.Equal("InvalidRequest", (await bed.SendAsync("PUT", Path, "body", hash: null)).Code);
        const string Md5 = "hBotaJrYa9FhFEdFPCLG/A==";
        Assert.Equal(HttpStatusCode.OK, (await bed.SendAsync("PUT", Path, "body", headers: ("Content-MD5", Md5))).Status);
        Assert.Equal("BadDigest", (await bed.SendAsync("PUT", Path, "other", headers: ("Content-MD5", Md5))).Code);
        // Computed by zlib, big-endian in base64.
        Assert.Equal(HttpStatusCode.OK, (await bed.SendAsync("PUT", Path, "body", headers: ("x-amz-checksum-crc32", "26gLsg=="))).Status);
        Assert.Equal("BadDigest", (await bed.SendAsync("PUT", Path, "other", headers: ("x-amz-checksum-crc32", "26gLsg=="))).Code);
        Assert.Equal("body", Encoding.UTF8.GetString(bed.Cloud.S3.Versions(S3TestBed.Bucket, "a")[0].Body.Span));
    }

    [Fact]
    public async Task A_body_in_signed_chunks_is_not_implemented()
    {
        await using var bed = new S3TestBed();

        var told = await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "4;chunk-signature=0\r\nbody", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), Told(told));
    }

    [Theory]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("If-None-Match", "*")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-server-side-encryption", "aws:kms")]
    public async Task A_header_that_is_not_known_is_refused_by_name(string header, string value)
    {
        await using var bed = new S3TestBed();

        var told = await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "body", headers: (header, value));

        Assert.Equal("InvalidRequest", told.Code);
        Assert.Contains(header.Replace("-", "", StringComparison.Ordinal), told.Message.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_no_operation_here_is_refused()
    {
        await using var bed = new S3TestBed();

        Assert.Equal("UnknownOperationException", (await bed.SendAsync("GET", "/")).Code);
        Assert.Equal("UnknownOperationException", (await bed.SendAsync("GET", $"/{S3TestBed.Bucket}")).Code);
        Assert.Equal("UnknownOperationException", (await bed.SendAsync("DELETE", $"/{S3TestBed.Bucket}/a")).Code);
    }

    private static PutObjectRequest Put(string key, string body) =>
        new() { BucketName = S3TestBed.Bucket, Key = key, ContentBody = body, ContentType = "text/html", UseChunkEncoding = false };

    private static (HttpStatusCode Status, string Code) Told((HttpStatusCode Status, string Code, string Message) answer) => (answer.Status, answer.Code);
}
