using Amazon.CDK;
using Amazon.CDK.CXAPI;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Tests;

/// <summary>The app as <c>cdk synth</c> makes it, in a folder of its own, with a small file in place of the published code.</summary>
internal sealed class SynthesizedApp : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");
    private readonly CloudAssembly assembly;

    public SynthesizedApp(Settings settings)
    {
        foreach (var name in new[] { "BudgetSync.Management", "BudgetSync.Spoke" })
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory(Path.Combine("code", name)).FullName, "code.txt"), name);
        Out = Path.Combine(folder.FullName, "out");
        var app = new App(new AppProps { Outdir = Out, AnalyticsReporting = false, TreeMetadata = false });
        BudgetSyncApp.AddStacks(app, settings, PublishedFunctions.In(Path.Combine(folder.FullName, "code")), folder.CreateSubdirectory("templates").FullName);
        assembly = app.Synth();
        Stacks = assembly.Stacks.ToDictionary(stack => stack.StackName, stack => Template.Read(stack.TemplateFullPath));
    }

    public string Out { get; }

    public IReadOnlyDictionary<string, Template> Stacks { get; }

    /// <summary>The stacks that the CLI deploys before this one.</summary>
    public IEnumerable<string> DependenciesOf(string stack) => assembly.GetStackByName(stack).Dependencies.Select(other => other.Id);

    public string RegionOf(string stack) => assembly.GetStackByName(stack).Environment.Region;

    public void Dispose() => folder.Delete(recursive: true);
}
