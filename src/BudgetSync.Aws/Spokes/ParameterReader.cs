using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Spokes;

/// <summary>Reading the parameter: the same from the spoke itself and from the management account.</summary>
public static class ParameterReader
{
    /// <summary>The parameter as it stands; null where there is none.</summary>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public static async Task<ParameterValue?> ReadAsync(IAmazonSimpleSystemsManagement systems, string name, AwsCaller caller, CancellationToken cancellation)
    {
        var request = new GetParameterRequest { Name = name };
        var answer = await caller.CallAsync(
            "ssm",
            "GetParameter",
            async token =>
            {
                try
                {
                    return await systems.GetParameterAsync(request, token);
                }
                catch (ParameterNotFoundException)
                {
                    return null;
                }
            },
            cancellation);
        return answer?.Parameter is { } parameter ? new ParameterValue(parameter.Value ?? "", parameter.Version ?? 0) : null;
    }
}
