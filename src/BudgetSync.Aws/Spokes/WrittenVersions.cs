using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Spokes;

/// <summary>The versions that AWS keeps of the parameter: the last hundred (Systems Manager user guide, "Working with parameter versions").</summary>
public sealed class WrittenVersions(IAmazonSimpleSystemsManagement systems, string name, AwsCaller caller)
{
    /// <summary>All that are kept, oldest first; none where there is no parameter.</summary>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public async Task<IReadOnlyList<WrittenVersion>> ReadAsync(CancellationToken cancellation)
    {
        var versions = await Pages.ReadAsync(
            caller, "ssm", "GetParameterHistory", (string? next, CancellationToken token) => PageAsync(next, token), cancellation);
        return [.. versions.Select(Read).OrderBy(one => one.Version)];
    }

    private static WrittenVersion Read(ParameterHistory one) => new(one.Value ?? "", one.Version ?? 0, one.LastModifiedUser ?? "")
    {
        At = one.LastModifiedDate is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null,
    };

    private async Task<(List<ParameterHistory>? Versions, string? Next)> PageAsync(
        string? next, CancellationToken cancellation)
    {
        try
        {
            var request = new GetParameterHistoryRequest { Name = name, MaxResults = Limits.ParameterVersionsPage, NextToken = next };
            var answer = await systems.GetParameterHistoryAsync(request, cancellation);
            return (answer.Parameters, answer.NextToken);
        }
        catch (ParameterNotFoundException)
        {
            return (null, null);
        }
    }
}
