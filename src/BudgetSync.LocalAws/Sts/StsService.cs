using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sts;

/// <summary>AWS STS: sessions of roles, and who a caller is.</summary>
public sealed class StsService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Region), RateBucket> limits = new();
    private long nextSession;

    internal StsService(LocalCloud cloud)
        : base("sts", WireProtocol.Query)
    {
        this.cloud = cloud;
        Operation("AssumeRole", StsShapes.AssumeRole, NothingNeeded, AssumeRole);
        Operation("GetCallerIdentity", StsShapes.GetCallerIdentity, NothingNeeded, GetCallerIdentity);
    }

    /// <summary>The quota per calling account and region; null is none. AWS's own is 600 (IAM user guide, "IAM and AWS STS quotas").</summary>
    public double? RequestsPerSecond { get; set; }

    /// <summary>
    /// How long a role that has just come cannot be assumed; none by default. AWS: seconds, for IAM is eventually consistent (IAM user guide, "Troubleshoot
    /// IAM", "Changes that I make are not always immediately visible").
    /// </summary>
    public TimeSpan NewRoleDelay { get; set; }

    public override string ValidationCode => "ValidationError";

    public override string XmlNamespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>Opens a session of a role, as STS does for whoever may assume it and as Lambda does for its functions.</summary>
    public Credentials OpenSession(Role role, string sessionName, TimeSpan duration)
    {
        var number = Interlocked.Increment(ref nextSession);
        var id = string.Create(CultureInfo.InvariantCulture, $"ASIA{cloud.Options.Seed & 0xffff:X4}{number:D12}");
        var credentials = new Credentials(id, $"secret-of-{id}", $"session-of-{id}", cloud.Time.GetUtcNow() + duration);
        var session = $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Definition.Name}/{sessionName}";
        cloud.Callers.Add(id, credentials.SessionToken, new Caller(role.AccountId, role.Arn, session), credentials.Expires);
        return credentials;
    }

    private JsonObject AssumeRole(AwsCall call)
    {
        Throttle(call);
        var roleArn = call.Input.RequiredText("RoleArn");
        if (!Arn.TryParse(roleArn, out var parts) || parts.AccountId.Length != 12 || !parts.AccountId.All(char.IsAsciiDigit))
            throw Invalid($"{roleArn} is invalid");
        var sessionName = call.Input.RequiredText("RoleSessionName");
        var externalId = call.Input.Text("ExternalId");
        var duration = call.Input.Whole("DurationSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : AwsLimits.Sts.DefaultSession;
        var context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("sts:RoleSessionName", [sessionName]);
        if (externalId is not null) context = context.Add("sts:ExternalId", [externalId]);
        // A role that is not there and one that may not be assumed look the same, so that names cannot be probed for.
        if (cloud.Iam.FindRole(roleArn) is not { } role
            || cloud.Time.GetUtcNow() - role.Created < NewRoleDelay
            || !cloud.Iam.MayAssume(call.Caller, role, context))
            throw new AwsException("AccessDenied", $"User: {call.Caller.SessionArn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}", 403);
        if (duration > role.Definition.MaximumSession) throw Invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        if (!call.Caller.IsRoot && duration > AwsLimits.Sts.ChainedSession)
            throw Invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");

        var credentials = OpenSession(role, sessionName, duration);
        return new JsonObject
        {
            ["AssumedRoleUser"] = new JsonObject
            {
                ["AssumedRoleId"] = $"{role.Id}:{sessionName}",
                ["Arn"] = $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Definition.Name}/{sessionName}",
            },
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = credentials.AccessKeyId,
                ["SecretAccessKey"] = credentials.SecretAccessKey,
                ["SessionToken"] = credentials.SessionToken,
                ["Expiration"] = credentials.Expires.ToUtcSeconds(),
            },
        };
    }

    private JsonObject GetCallerIdentity(AwsCall call)
    {
        Throttle(call);
        var role = cloud.Iam.FindRole(call.Caller.PrincipalArn);
        return new JsonObject
        {
            ["UserId"] = role is null ? call.AccountId : $"{role.Id}:{call.Caller.SessionArn[(call.Caller.SessionArn.LastIndexOf('/') + 1)..]}",
            ["Account"] = call.AccountId,
            ["Arn"] = call.Caller.SessionArn,
        };
    }

    private void Throttle(AwsCall call)
    {
        if (RequestsPerSecond is not { } perSecond) return;
        // Charged to the caller's account, not the role's.
        if (!limits.GetOrAdd((call.AccountId, call.Region), _ => new RateBucket(perSecond, perSecond, cloud.Time)).TryTake())
            throw new AwsException("Throttling", "Rate exceeded");
    }

    private static AwsException Invalid(string message) => new("ValidationError", message);
}
