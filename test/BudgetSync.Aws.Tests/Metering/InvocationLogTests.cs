using Amazon.Bedrock.Model;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Metering;

/// <summary>A configuration of logging that comes while ours waits for its role.</summary>
public sealed class InvocationLogTests
{
    /// <summary>Bedrock refuses a role that IAM has not spread yet, and takes a second configuration over the first (Bedrock API reference).</summary>
    [Fact]
    public async Task What_somebody_configures_between_two_tries_stays_as_it_is()
    {
        await using var world = await MeteredWorld.CreateAsync();
        var isTheirs = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (isTheirs || call.Operation != "PutModelInvocationLoggingConfiguration") return null;
            isTheirs = true;
            var theirs = new LoggingConfig { S3Config = new S3Config { BucketName = "theirs" }, TextDataDeliveryEnabled = true };
            world.Models.PutModelInvocationLoggingConfigurationAsync(new() { LoggingConfig = theirs }).GetAwaiter().GetResult();
            return new Fault.Refusal(new AwsException("ValidationException", "Failed to validate permissions for log group", 400));
        });

        var logged = await world.Invocations().PutAsync(default);

        Assert.Equal("theirs", world.Cloud.Bedrock.LoggingOf(MeteredWorld.Account)!["s3Config"]!["bucketName"]!.GetValue<string>());
        Assert.False(logged.IsOurs);
        Assert.Null(world.Cloud.Bedrock.LoggingOf(MeteredWorld.Account)!["cloudWatchConfig"]);
    }
}
