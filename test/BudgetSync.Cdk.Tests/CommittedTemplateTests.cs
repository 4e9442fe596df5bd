using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Tests;

/// <summary>
/// The committed templates are what LocalAws deploys and what a reviewer reads: they must be what the code makes.
/// After a change on purpose: <c>BUDGETSYNC_UPDATE_TEMPLATES=1 dotnet test test/BudgetSync.Cdk.Tests</c>.
/// </summary>
[Collection(nameof(Jsii))]
public sealed class CommittedTemplateTests
{
    [CdkFact]
    public void Committed_templates_are_those_the_code_makes()
    {
        var committed = Path.Combine(RepositoryRoot.Path, "cdk", "templates");
        var alerts = Path.Combine(committed, "alerts");
        var channels = Path.Combine(committed, "channels");
        var anomalies = Path.Combine(committed, "anomalies");
        var sample = Path.Combine(RepositoryRoot.Path, "cdk", "samples", "channels.json");
        var kinds = Path.Combine(committed, "kinds");
        var ofEveryKind = Path.Combine(RepositoryRoot.Path, "cdk", "samples", "kinds.json");
        var responses = Path.Combine(committed, "responses");
        var both = Path.Combine(committed, "responses-kinds");
        var controls = Path.Combine(committed, "controls");
        var delegated = Path.Combine(committed, "delegated");
        var restrictions = Path.Combine(committed, "restrictions");
        var stops = Path.Combine(committed, "stops");
        var ai = Path.Combine(committed, "ai");
        var regions = Path.Combine(committed, "regions");
        if (Environment.GetEnvironmentVariable("BUDGETSYNC_UPDATE_TEMPLATES") == "1")
        {
            PortableTemplates.Write(new Settings(), committed);
            PortableTemplates.WriteWithAlerts(new Settings(), alerts);
            PortableTemplates.WriteWithChannels(new Settings(), sample, channels);
            PortableTemplates.WriteWithChannels(new Settings(), ofEveryKind, kinds);
            PortableTemplates.WriteWithChannelsAndResponses(new Settings(), ofEveryKind, both);
            PortableTemplates.WriteWithAnomalies(new Settings(), sample, anomalies);
            PortableTemplates.WriteWithResponses(new Settings(), responses);
            PortableTemplates.WriteWithRestrictions(new Settings(), restrictions);
            PortableTemplates.WriteWithStops(new Settings(), stops);
            PortableTemplates.WriteWithAi(new Settings(), ai);
            PortableTemplates.WriteWithAiRegions(new Settings(), regions);
            PortableTemplates.WriteWithControls(new Settings(), controls);
            PortableTemplates.WriteWithDelegatedControls(new Settings(), delegated);
        }

        var made = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            PortableTemplates.Write(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.Files)
                Assert.Equal(File.ReadAllText(Path.Combine(committed, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithAlerts(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithAlerts)
                Assert.Equal(File.ReadAllText(Path.Combine(alerts, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithChannels(new Settings(), sample, made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(channels, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithChannels(new Settings(), ofEveryKind, made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(kinds, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithChannelsAndResponses(new Settings(), ofEveryKind, made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(both, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithAnomalies(new Settings(), sample, made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(anomalies, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithResponses(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithResponses)
                Assert.Equal(File.ReadAllText(Path.Combine(responses, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithControls(new Settings(), made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(controls, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithDelegatedControls(new Settings(), made.FullName);
            Assert.Equal(
                File.ReadAllText(Path.Combine(delegated, PortableTemplates.ManagementFile)),
                File.ReadAllText(Path.Combine(made.FullName, PortableTemplates.ManagementFile)));
            PortableTemplates.WriteWithRestrictions(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithRestrictions)
                Assert.Equal(File.ReadAllText(Path.Combine(restrictions, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithStops(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithRestrictions)
                Assert.Equal(File.ReadAllText(Path.Combine(stops, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithAi(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithAi)
                Assert.Equal(File.ReadAllText(Path.Combine(ai, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
            PortableTemplates.WriteWithAiRegions(new Settings(), made.FullName);
            foreach (var file in PortableTemplates.FilesWithAiRegions)
                Assert.Equal(File.ReadAllText(Path.Combine(regions, file)), File.ReadAllText(Path.Combine(made.FullName, file)));
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(PortableTemplates.ManagementFile)]
    [InlineData(PortableTemplates.SpokeFile)]
    [InlineData(PortableTemplates.TablesFile)]
    [InlineData(PortableTemplates.RolloutFile)]
    [InlineData(PortableTemplates.TrackFile)]
    [InlineData(PortableTemplates.ReportFile)]
    [InlineData($"regions/{PortableTemplates.RegionModelsFile}")]
    public void Portable_template_needs_nothing_of_CDK(string file)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "cdk", "templates", file));
        // What would demand a bootstrapped account, or a transform that a service-managed StackSet refuses.
        foreach (var trace in new[] { "BootstrapVersion", "CDKMetadata", "cdk-hnb659fds", "cdk-bootstrap", "aws:cdk:path", "\"Transform\"" })
            Assert.DoesNotContain(trace, text, StringComparison.Ordinal);
        // CreateStack takes 51,200 bytes inline, which is what the console and LocalAws send.
        Assert.InRange(text.Length, 1, 51_200);
    }
}

/// <summary>The CDK library is one Node.js process per test process: its users take turns.</summary>
[CollectionDefinition(nameof(Jsii), DisableParallelization = true)]
public sealed class Jsii;
