using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.Tests.Kernel;

/// <summary>
/// What waits in the cloud goes on where its answer came from, whatever context it was begun in. A test framework's context puts it off to a thread of its
/// own; a driver saw nothing ready meanwhile and moved its clock past the deadline of what was about to go on.
/// </summary>
public sealed class ContextFreeTests : IAsyncDisposable
{
    private const string Account = "111122223333";
    private readonly LocalCloud cloud = new(new LocalCloudOptions { Time = new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(56)), Stepped = true });

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_stack_goes_on_when_its_custom_resource_has_answered_and_not_when_its_context_gets_to_it()
    {
        Answering();

        var deployment = Under(() => cloud.CloudFormation.DeployAsync(Account, "Stack", """
            {"Resources":{"C":{"Type":"Custom::Thing","Properties":{"ServiceToken":"arn:aws:lambda:us-east-1:111122223333:function:f","ServiceTimeout":60}}}}
            """, new Dictionary<string, string>()));
        Assert.False(deployment.IsCompleted);
        await cloud.Work.RunOneAsync(0);

        Assert.True(deployment.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_piece_of_work_goes_on_when_what_it_waits_for_is_there()
    {
        var answer = new TaskCompletionSource();
        cloud.Work.Post("waits", async () => await answer.Task);

        var run = Under(() => cloud.Work.RunOneAsync(0));
        Assert.False(run.IsCompleted);
        await Task.Run(answer.SetResult);

        Assert.True(run.IsCompletedSuccessfully);
    }

    private static T Under<T>(Func<T> begin)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new IdleContext());
        try
        {
            return begin();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Answering()
    {
        cloud.Lambda.RegisterInProcess("f", environment => async (payload, _) =>
        {
            using var client = new HttpClient(environment.CreateHandler());
            using var content = new StringContent("""{"Status":"SUCCESS","PhysicalResourceId":"the-id"}""");
            using var response = await client.PutAsync(new Uri(JsonNode.Parse(payload.Span)!["ResponseURL"]!.ToString()), content);
            return "{}"u8.ToArray();
        });
        cloud.Lambda.PutFunction(new FunctionDefinition(Account, "f", cloud.Iam.PutRole(Account, Iam.Policies.Role("role")).Arn, "f"));
    }

    /// <summary>Never runs what is put off to it.</summary>
    private sealed class IdleContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
