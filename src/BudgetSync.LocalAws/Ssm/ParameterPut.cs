using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>What PutParameter decides: the next state of a parameter, or why there is none. Pure.</summary>
internal static partial class ParameterPut
{
    /// <summary>Time that a parameter's own AllowedPattern may take over its value.</summary>
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static Parameter Decide(JsonObject input, Parameter? existing, string defaultTier, Caller caller, DateTimeOffset now)
    {
        var name = input.RequiredText("Name");
        var value = input.RequiredText("Value");
        var overwrite = input.Flag("Overwrite") ?? false;
        var tags = input.Tags("Tags");
        if (overwrite && !tags.IsEmpty)
            throw SsmErrors.Invalid(
                "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update "
                    + "tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        ValidateKnown(input);
        if (existing is not null && !overwrite)
            throw new AwsException(
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        ValidateRoom(existing);
        var type = DecideType(input.Text("Type"), existing?.Latest.Type);
        ValidateValue(value);
        var pattern = input.Text("AllowedPattern") ?? existing?.Latest.AllowedPattern;
        ValidatePattern(value, pattern);
        var tier = DecideTier(input.Text("Tier") ?? defaultTier, existing?.Latest.Tier, Encoding.UTF8.GetByteCount(value));
        var version = new ParameterVersion(
            existing?.Latest.Name ?? name,
            (existing?.Latest.Version ?? 0) + 1,
            type,
            value,
            tier,
            input.Text("Description") ?? existing?.Latest.Description,
            pattern,
            now,
            caller.SessionArn);
        return existing?.With(version) ?? new Parameter([version], tags);
    }

    private static void ValidateKnown(JsonObject input)
    {
        if (input.Text("Type") == "SecureString" || input["KeyId"] is not null)
            throw new AwsException("UnsupportedParameterType", "LocalAws has no KMS, so it keeps no SecureString; use String.");
        if (input["Policies"] is not null)
            throw SsmErrors.Invalid("LocalAws knows no parameter policies; leave Policies out.");
        if (input.Text("DataType") is { } dataType && dataType != "text")
            throw SsmErrors.Invalid($"The following data type is not supported: {dataType} (Data type names are all lowercase.)");
    }

    /// <summary>API reference, PutParameter, ParameterMaxVersionLimitExceeded: the oldest version is not deleted while it has a label.</summary>
    private static void ValidateRoom(Parameter? existing)
    {
        if (existing is null || existing.Versions.Count < AwsLimits.Ssm.Versions || existing.Versions[0].Labels.IsEmpty) return;
        throw new AwsException(
            "ParameterMaxVersionLimitExceeded",
            string.Create(
                CultureInfo.InvariantCulture,
                $"You attempted to create a new version of {existing.Latest.Name} by calling the PutParameter API with the overwrite flag. Version "
                    + $"{existing.Versions[0].Version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to "
                    + $"another version of the parameter, and try again."));
    }

    private static string DecideType(string? asked, string? existing)
    {
        if (existing is null) return asked ?? throw SsmErrors.Invalid("A parameter type is required when you create a parameter.");
        if (asked is null || asked == existing) return existing;
        throw new AwsException(
            "HierarchyTypeMismatchException",
            "Parameter Store doesn't support changing a parameter type in a hierarchy. You must create a new, unique parameter.");
    }

    private static void ValidateValue(string value)
    {
        if (value.Length == 0) throw SsmErrors.Invalid("Parameter value can't be empty: Member must have length greater than or equal to 1.");
        if (Reference().IsMatch(value)) throw SsmErrors.Invalid("Parameter value: can't hold a reference to another parameter, {{...}}.");
    }

    private static void ValidatePattern(string value, string? pattern)
    {
        if (string.IsNullOrEmpty(pattern)) return;
        try
        {
            if (Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime)) return;
        }
        catch (ArgumentException)
        {
            throw new AwsException("InvalidAllowedPatternException", $"AllowedPattern \"{pattern}\" is not a valid regular expression.");
        }

        throw new AwsException("ParameterPatternMismatchException", $"Parameter value, cannot be validated against allowedPattern: {pattern}");
    }

    private static string DecideTier(string asked, string? existing, int bytes)
    {
        // UG "Specifying a default parameter tier": it is applied "whenever a request to create or update a parameter doesn't specify a tier".
        if (existing == "Advanced" && asked == "Standard")
            throw SsmErrors.Invalid(
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the "
                    + "standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.");
        var tier = existing == "Advanced" || asked == "Advanced" || (asked == "Intelligent-Tiering" && bytes > AwsLimits.Ssm.StandardBytes)
            ? "Advanced"
            : "Standard";
        var limit = tier == "Advanced" ? AwsLimits.Ssm.AdvancedBytes : AwsLimits.Ssm.StandardBytes;
        if (bytes > limit)
        {
            var wayOut = tier == "Standard" ? " To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier." : "";
            throw SsmErrors.Invalid(string.Create(
                CultureInfo.InvariantCulture,
                $"{tier} tier parameters support a maximum parameter value of {limit} characters; this value has {bytes}.{wayOut}"));
        }

        return tier;
    }

    [GeneratedRegex(@"\{\{.*\}\}", RegexOptions.Singleline)]
    private static partial Regex Reference();
}
