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

    /// <summary>Whatever a person typed there, he did not mean that more is to be restricted.</summary>
    private static bool IsArmed(string text) => string.Equals(text.Trim(), Yes, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="AwsFaultException">SSM failed: then nothing is decided.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var written = await ParameterReader.ReadAsync(systems, ParameterName, caller, cancellation);
        return written is null || IsArmed(written.Text);
    }

    /// <summary>Since when it is thrown, and by whom; null where it is not. For people: more than <see cref="ReadAsync"/> is asked of AWS.</summary>
    /// <exception cref="AwsFaultException">SSM failed, or refused the parameter itself.</exception>
    public async Task<ThrownSwitch?> LookAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation)) return null;
        try
        {
            var versions = await new WrittenVersions(systems, ParameterName, caller).ReadAsync(cancellation);
            // Who throws it again has not thrown it: the first since it was armed has.
            return versions.Reverse().TakeWhile(version => !IsArmed(version.Text)).LastOrDefault() is { } first
                ? new ThrownSwitch(first.At, first.Author)
                : new ThrownSwitch(null, "");
        }
        catch (AwsFaultException refused) when (refused.Fault.Kind == FaultKind.Blocked)
        {
            return new ThrownSwitch(null, "");
        }
    }

    /// <exception cref="AwsFaultException">SSM failed or refused.</exception>
    public Task SetAsync(bool armed, CancellationToken cancellation)
    {
        var request = new PutParameterRequest { Name = ParameterName, Value = armed ? Yes : No, Type = ParameterType.String, Overwrite = true };
        return caller.CallAsync("ssm", "PutParameter", token => systems.PutParameterAsync(request, token), cancellation);
    }
}
