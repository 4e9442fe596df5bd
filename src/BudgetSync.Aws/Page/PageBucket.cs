using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Page;

namespace BudgetSync.Aws.Page;

/// <summary>The bucket that the hourly page is kept in: the page as a file for people, and beside it what a widget shows.</summary>
public sealed class PageBucket(IAmazonS3 objects, string bucket, AwsCaller caller)
{
    /// <summary>The page.</summary>
    public const string PageKey = "report.html";

    /// <summary>The same page without its parts, in the form of <see cref="PageJson"/>.</summary>
    public const string LinesKey = "report.json";

    /// <summary>Writes both over those of before, of which the bucket keeps versions.</summary>
    /// <exception cref="AwsFaultException">S3 failed.</exception>
    public async Task WriteAsync(SpendPage page, CancellationToken cancellation)
    {
        await WriteAsync(PageKey, Encoding.UTF8.GetBytes(ReportHtml.File(page)), "text/html; charset=utf-8", cancellation);
        await WriteAsync(LinesKey, PageJson.Format(page), "application/json", cancellation);
    }

    /// <summary>The page without its parts; null before the first one is written.</summary>
    /// <exception cref="AwsFaultException">S3 failed.</exception>
    public async Task<SpendPage?> ReadLinesAsync(CancellationToken cancellation) =>
        await ReadAsync(LinesKey, cancellation) is { } json ? PageJson.Parse(json) : null;

    /// <summary>What one of the keys holds; null before it is first written.</summary>
    /// <exception cref="AwsFaultException">S3 failed.</exception>
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await caller.CallAsync("s3", "GetObject", GetAsync, cancellation);
        }
        catch (AwsFaultException missing) when (missing.Fault.Code == "NoSuchKey")
        {
            return null;
        }

        async Task<byte[]> GetAsync(CancellationToken token)
        {
            using var answer = await objects.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, token);
            using var body = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(body, token);
            return body.ToArray();
        }
    }

    /// <summary>Writes a key over what it held.</summary>
    /// <exception cref="AwsFaultException">S3 failed.</exception>
    public Task WriteAsync(string key, byte[] body, string type, CancellationToken cancellation) => caller.CallAsync(
        "s3",
        "PutObject",
        async token =>
        {
            // A stream of its own for each try, and whole: chunks with a signature each are for bodies that do not fit into memory.
            using var stream = new MemoryStream(body);
            var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, ContentType = type, UseChunkEncoding = false };
            return await objects.PutObjectAsync(request, token);
        },
        cancellation);
}
