using System.Collections.Immutable;

namespace BudgetSync.Compat.Wire;

/// <summary>What the wire needs to know of one AWS service: names, versions and where it lives.</summary>
/// <param name="ServiceId">The service's id, which <c>AWS_ENDPOINT_URL_…</c> variables are named for. Example: <c>Budgets</c>.</param>
/// <param name="RequestNamespace">The name official requests carry. Example: <c>Amazon.Budgets</c>.</param>
/// <param name="SigningName">The service name in the SigV4 scope. Example: <c>budgets</c>.</param>
/// <param name="EndpointPrefix">The first label of a regional host name. Example: <c>ssm</c>.</param>
/// <param name="ApiVersion">Example: <c>2016-10-20</c>.</param>
/// <param name="TargetPrefix">
/// What stands before the operation in <c>X-Amz-Target</c>. Example: <c>AWSBudgetServiceGateway</c>. Empty: the service speaks AWS Query or has paths.
/// </param>
/// <param name="JsonVersion"><c>1.0</c> or <c>1.1</c>; empty for AWS Query and for services of paths.</param>
/// <param name="IsGlobal">One endpoint per partition, without a region in its name, signed for the partition's global region.</param>
/// <param name="GlobalEndpoints">Partitions whose one endpoint has a name or signing region of its own; they win over <paramref name="IsGlobal"/>.</param>
/// <param name="IsRest">Each operation has a method and a path of its own (restJson1).</param>
public sealed record ServiceModel(
    string ServiceId,
    string RequestNamespace,
    string SigningName,
    string EndpointPrefix,
    string ApiVersion,
    string TargetPrefix,
    string JsonVersion,
    bool IsGlobal,
    ImmutableArray<GlobalEndpoint> GlobalEndpoints,
    bool IsRest = false)
{
    /// <summary>A form in and XML out, instead of JSON both ways.</summary>
    public bool IsQuery => TargetPrefix.Length == 0 && !IsRest;
}
