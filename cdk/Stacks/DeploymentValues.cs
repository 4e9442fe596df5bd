using Amazon.CDK;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// Values that differ from one deployment to the next. In a portable template (console, StackSet, LocalAws) each is a
/// CloudFormation parameter. Deployed by CDK, a setting is written into the template, and only what was not set
/// becomes a parameter without default, which makes <c>cdk deploy</c> name it. Parameters with defaults are not used
/// there: CloudFormation keeps a parameter's previous value, so a changed setting would silently change nothing.
/// </summary>
internal sealed class DeploymentValues(Stack stack, bool portable)
{
    public bool Portable => portable;

    public string Take(string name, string? setting, string description, string pattern, string rule)
    {
        if (!portable && setting is not null)
            return setting;
        return new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "String",
            Default = setting,
            Description = description,
            AllowedPattern = pattern,
            ConstraintDescription = rule,
        }).ValueAsString;
    }

    /// <summary>A yes or no, as the word Enabled or Disabled: a parameter in a portable template, otherwise decided now.</summary>
    public string Switch(string name, bool setting, string description)
    {
        var word = setting ? "Enabled" : "Disabled";
        return portable
            ? new CfnParameter(stack, name, new CfnParameterProps
            {
                Type = "String",
                Default = word,
                AllowedValues = ["Enabled", "Disabled"],
                Description = description,
            }).ValueAsString
            : word;
    }

    /// <summary>The condition that a switch of a portable template is on; null where it is decided now.</summary>
    public CfnCondition? WhenEnabled(string name, string word) => portable
        ? new CfnCondition(stack, name + "Enabled", new CfnConditionProps { Expression = Fn.ConditionEquals(word, "Enabled") })
        : null;
}
