using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Spokes;

namespace BudgetSync.Aws.Respond;

/// <summary>
/// The kill switch: a parameter of the management account, read at the start of each round and again before anything begins. Where there is none, nobody has
/// thrown it.
/// </summary>
public sealed class ArmedSwitch(IAmazonSimpleSystemsManagement systems, AwsCaller caller)
{
    public const string ParameterName = "/BudgetSync/Armed";

    private const string Yes = "true";

    private const string No = "false";

    /// <exception cref="AwsFaultException">SSM failed: then nothing is decided.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var written = await ParameterReader.ReadAsync(systems, ParameterName, caller, cancellation);
        // Whatever a person typed there, he did not mean that more is to be restricted.
        return written is null || string.Equals(written.Text.Trim(), Yes, StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="AwsFaultException">SSM failed or refused.</exception>
    public Task SetAsync(bool armed, CancellationToken cancellation)
    {
        var request = new PutParameterRequest { Name = ParameterName, Value = armed ? Yes : No, Type = ParameterType.String, Overwrite = true };
        return caller.CallAsync("ssm", "PutParameter", token => systems.PutParameterAsync(request, token), cancellation);
    }
}
