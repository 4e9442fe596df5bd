using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.S3;

public sealed class BucketTests
{
    private const string Other = "111122223333";

    private const string Template =
        """
        {"Resources":{
          "Pages":{"Type":"AWS::S3::Bucket","DeletionPolicy":"Retain","Properties":{"VersioningConfiguration":{"Status":"Enabled"}}},
          "Policy":{"Type":"AWS::S3::BucketPolicy","Properties":{"Bucket":{"Ref":"Pages"},"PolicyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":{"Fn::Join":["",[{"Fn::GetAtt":["Pages","Arn"]},"/closed"]]}}]}}}},
         "Outputs":{"Name":{"Value":{"Ref":"Pages"}}}}
        """;

    [Fact]
    public async Task Reading_and_writing_are_permissions_of_the_object_and_a_missing_one_is_told_to_who_may_list_only()
    {
        await using var bed = new S3TestBed();
        using var writer = bed.SdkOf("s3:PutObject");
        await writer.PutObjectAsync(new() { BucketName = S3TestBed.Bucket, Key = "a", ContentBody = "x", UseChunkEncoding = false });
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AmazonS3Exception>(() => writer.GetObjectAsync(S3TestBed.Bucket, "a"))).ErrorCode);
        using var reader = bed.SdkOf("s3:GetObject");
        using var got = await reader.GetObjectAsync(S3TestBed.Bucket, "a");

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => reader.GetObjectAsync(S3TestBed.Bucket, "none"));
        Assert.Equal(("AccessDenied", HttpStatusCode.Forbidden), (refused.ErrorCode, refused.StatusCode));
        using var lister = bed.SdkOf("s3:GetObject", "s3:ListBucket");
        await Assert.ThrowsAsync<NoSuchKeyException>(() => lister.GetObjectAsync(S3TestBed.Bucket, "none"));
    }

    [Fact]
    public async Task A_bucket_belongs_to_its_account_and_others_need_its_policy()
    {
        await using var bed = new S3TestBed();
        await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "x");
        using var other = bed.Sdk(Other);

        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AmazonS3Exception>(() => other.GetObjectAsync(S3TestBed.Bucket, "a"))).ErrorCode);

        bed.Cloud.S3.PutPolicy(S3TestBed.Bucket, Policies.Document(
            $$"""{"Effect":"Allow","Principal":{"AWS":"{{Other}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{S3TestBed.Bucket}}/*"}"""));
        using var got = await other.GetObjectAsync(S3TestBed.Bucket, "a");
        Assert.Equal(1, got.ContentLength);
    }

    [Fact]
    public async Task A_name_is_taken_once_in_all_accounts()
    {
        await using var bed = new S3TestBed();

        Assert.Equal("BucketAlreadyExists", Assert.Throws<AwsException>(() => bed.Cloud.S3.PutBucket(Other, S3TestBed.Bucket)).Code);
    }

    [Fact]
    public async Task A_bucket_of_another_region_is_told_by_the_signature()
    {
        await using var bed = new S3TestBed();

        var told = await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "x", region: "eu-west-1");

        Assert.Equal((HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed"), (told.Status, told.Code));
        Assert.EndsWith("the region 'eu-west-1' is wrong; expecting 'us-east-1'", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_with_anything_in_it_cannot_be_deleted()
    {
        await using var bed = new S3TestBed(keepsVersions: true);
        await bed.SendAsync("PUT", $"/{S3TestBed.Bucket}/a", "x");

        Assert.Equal("BucketNotEmpty", Assert.Throws<AwsException>(() => bed.Cloud.S3.DeleteBucket(S3TestBed.Bucket)).Code);
    }

    [Fact]
    public async Task A_stack_makes_a_bucket_with_versions_a_made_up_name_and_a_policy_and_keeps_what_is_retained()
    {
        await using var bed = new S3TestBed();

        var stack = await bed.Cloud.CloudFormation.DeployAsync(S3TestBed.Account, "Reports", Template, new Dictionary<string, string>());

        var name = stack.Outputs["Name"];
        Assert.Equal("reports-pages", name);
        Assert.Equal("AccessDenied", (await bed.SendAsync("PUT", $"/{name}/closed", "x")).Code);
        await bed.SendAsync("PUT", $"/{name}/open", "x");
        await bed.SendAsync("PUT", $"/{name}/open", "y");
        Assert.Equal(2, bed.Cloud.S3.Versions(name, "open").Count);

        await bed.Cloud.CloudFormation.DeleteAsync(S3TestBed.Account, "Reports");
        Assert.Equal(2, bed.Cloud.S3.Versions(name, "open").Count);
        // A name that is taken is in the way of the next stack, as at AWS; there the made-up part would differ.
        await Assert.ThrowsAsync<StackException>(
            () => bed.Cloud.CloudFormation.DeployAsync(S3TestBed.Account, "Reports", Template, new Dictionary<string, string>()));
    }

    [Fact]
    public async Task Names_of_credentials_that_are_wrong_are_S3s_own()
    {
        await using var bed = new S3TestBed();
        using var unknown = new AmazonS3Client(
            new Amazon.Runtime.BasicAWSCredentials("AKIAUNKNOWN", "any"), Sdk.Reach(new AmazonS3Config { ForcePathStyle = true }, bed.Cloud));

        Assert.Equal(
            "InvalidAccessKeyId", (await Assert.ThrowsAsync<AmazonS3Exception>(() => unknown.GetObjectAsync(S3TestBed.Bucket, "a"))).ErrorCode);
    }
}
