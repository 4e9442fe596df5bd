using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ec2;

/// <content>Stopping and starting: what is refused of one instance refuses the call for all.</content>
public sealed partial class Ec2Service
{
    private JsonObject Stop(AwsCall call)
    {
        var stopped = new List<Ec2Instance>();
        var answer = Change(call, AwsLimits.Ec2.MutatingPerSecond, AwsLimits.Ec2.MutatingBurst, RefuseStop, instance =>
        {
            if (instance.State is InstanceState.Stopping or InstanceState.Stopped) return;
            instance.Become(InstanceState.Stopping, InstanceState.Stopped, cloud.Options.Ec2.StopTakes);
            stopped.Add(instance);
        });
        foreach (var member in stopped.Where(instance => instance.Group is not null)) MemberStopped?.Invoke(member);
        return answer;
    }

    private JsonObject Start(AwsCall call) => Change(call, AwsLimits.Ec2.StartsPerSecond, AwsLimits.Ec2.StartsBurst, RefuseStart, instance =>
    {
        if (instance.State is InstanceState.Pending or InstanceState.Running) return;
        instance.Become(InstanceState.Pending, MayUseKey(call, instance) ? InstanceState.Running : InstanceState.Stopped, cloud.Options.Ec2.StartTakes);
    });

    private static void RefuseStop(Ec2Instance instance)
    {
        if (instance.State is not (InstanceState.Running or InstanceState.Stopping or InstanceState.Stopped))
            throw Ec2Errors.WrongState(instance.Id, "stopped");
        if (instance.Definition.IsSpot) throw Ec2Errors.Spot(instance.Id);
        if (instance.Definition.IsOnInstanceStore) throw Ec2Errors.InstanceStore(instance.Id);
        if (instance.Definition.IsStopProtected) throw Ec2Errors.StopProtected(instance.Id);
    }

    private static void RefuseStart(Ec2Instance instance)
    {
        if (instance.State is InstanceState.Stopping or InstanceState.ShuttingDown or InstanceState.Terminated)
            throw Ec2Errors.WrongState(instance.Id, "started");
    }

    /// <summary>
    /// Whether the caller may let EC2 use the key of its volumes. Without that the call succeeds, and the instance stops again at once (EC2 user guide,
    /// "Amazon EBS encryption", "Required permissions"; re:Post, "instance with encrypted volume stops immediately after it is started").
    /// </summary>
    private bool MayUseKey(AwsCall call, Ec2Instance instance) => instance.Definition.KmsKeyArn is not { } key || cloud.Iam.IsAllowed(
        call.Caller,
        new IamRequest("kms:CreateGrant", key)
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty
                .Add("kms:GrantIsForAWSResource", ["true"])
                .Add("kms:ViaService", [$"ec2.{call.Region}.amazonaws.com"]),
        });

    private JsonObject Change(AwsCall call, int perSecond, int burst, Action<Ec2Instance> refuse, Action<Ec2Instance> change)
    {
        lock (gate)
        {
            Throttle(call, perSecond, burst);
            var named = Named(call, "InstanceId");
            foreach (var instance in named) refuse(instance);
            var changes = new JsonArray();
            foreach (var instance in named)
            {
                var before = instance.State;
                change(instance);
                changes.Add((JsonNode)new JsonObject
                {
                    ["instanceId"] = instance.Id,
                    ["currentState"] = Write(instance.State),
                    ["previousState"] = Write(before),
                });
            }

            return new JsonObject { ["instancesSet"] = changes };
        }
    }
}
