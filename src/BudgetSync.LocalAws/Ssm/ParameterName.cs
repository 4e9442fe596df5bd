using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The rules of a parameter's name, and the ways to write one in a request.</summary>
internal static partial class ParameterName
{
    public static string Arn(string accountId, string region, string name) =>
        $"arn:aws:ssm:{region}:{accountId}:parameter/{name.TrimStart('/')}";

    /// <summary>Refuses a name that no parameter may have.</summary>
    public static void Validate(string accountId, string region, string name)
    {
        if (!Alphabet().IsMatch(name))
            throw SsmErrors.Invalid($"Parameter name: \"{name}\" may hold only letters a-z A-Z, digits and the symbols . - _ and / between levels.");
        var hierarchical = name.Contains('/', StringComparison.Ordinal);
        if (hierarchical && (!name.StartsWith('/') || name.EndsWith('/') || name.Contains("//", StringComparison.Ordinal)))
            throw SsmErrors.Invalid(
                $"Parameter name must be a fully qualified name: \"{name}\" needs a slash in front, and none at its end or twice in a row.");
        var first = name.TrimStart('/');
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
            throw SsmErrors.Invalid("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
        if (hierarchical && name.Count(character => character == '/') > AwsLimits.Ssm.Levels)
            throw new AwsException("HierarchyLevelLimitExceededException", $"A hierarchy can have a maximum of {AwsLimits.Ssm.Levels} levels.");
        if (Arn(accountId, region, name).Length > AwsLimits.Ssm.NameLengthWithArn)
            throw SsmErrors.Invalid($"Parameter name: with its ARN prefix it may be {AwsLimits.Ssm.NameLengthWithArn} characters long.");
    }

    /// <summary>The one name of a parameter that may be written in two ways: at the top level a slash in front says nothing (<c>/a</c> is <c>a</c>).</summary>
    public static string Key(string name) => name.LastIndexOf('/') == 0 ? name[1..] : name;

    /// <summary>Where a parameter stands among the paths; at the top level below <c>/</c>, however its name is written.</summary>
    public static string Path(string key) => key.StartsWith('/') ? key : "/" + key;

    /// <summary>
    /// Reads the name of a get: <c>name</c>, <c>name:3</c>, or an ARN of either. An ARN of another account or region names no parameter here.
    /// </summary>
    /// <returns>The name's <see cref="Key"/>, or null where there cannot be one; and what follows the colon, without it.</returns>
    /// <exception cref="AwsException">ValidationException: a path that is not fully qualified.</exception>
    public static (string? Key, string? Selector) Read(string accountId, string region, string given)
    {
        var prefix = $"arn:aws:ssm:{region}:{accountId}:parameter";
        var name = given;
        if (given.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (!given.StartsWith(prefix + "/", StringComparison.Ordinal)) return (null, null);
            name = given[prefix.Length..];
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var selector = colon < 0 ? null : name[(colon + 1)..];
        if (colon >= 0) name = name[..colon];
        // AWS's words, as recorded by LocalStack's tests of it (test_hierarchical_parameter).
        if (name.Contains("//", StringComparison.Ordinal) || (name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('/')))
        {
            throw SsmErrors.Invalid(
                "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided "
                    + "by slash symbol; "
                + "each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_");
        }

        return (Key(name), selector);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.\-/]+\z")]
    private static partial Regex Alphabet();
}
