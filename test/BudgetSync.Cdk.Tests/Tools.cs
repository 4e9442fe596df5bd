namespace BudgetSync.Cdk.Tests;

/// <summary>Programs that some tests need and a machine may lack.</summary>
internal static class Tools
{
    public static string? Missing(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"{program} is not on the PATH of this machine";
}

/// <summary>A fact that runs the CDK library, which runs on Node.js.</summary>
public sealed class CdkFactAttribute : FactAttribute
{
    public CdkFactAttribute() => Skip = Tools.Missing("node");
}

/// <summary>A fact that runs the CDK library and cfn-lint.</summary>
public sealed class CfnLintFactAttribute : FactAttribute
{
    public CfnLintFactAttribute() => Skip = Tools.Missing("node") ?? Tools.Missing("cfn-lint");
}
