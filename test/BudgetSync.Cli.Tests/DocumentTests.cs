using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Tests;

/// <summary>Documents that explain the product say all that it has, and no command that it lacks.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Runbook = Read("src", "BudgetSync.Cli", "RUNBOOK.md");

    public static TheoryData<string> Documents() => new(
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Where(path => Command().IsMatch(Read(path)))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_runbook_explains_every_alarm()
    {
        var alarms = new[] { "management", "track", "report" }
            .SelectMany(name => JsonNode.Parse(Read("cdk", "templates", $"{name}.template.json"))!["Resources"]!.AsObject())
            .Select(resource => resource.Value!)
            .Where(resource => (string)resource["Type"]! == "AWS::CloudWatch::Alarm")
            .Select(resource => (string)resource["Properties"]!["AlarmName"]!)
            // It comes with its setting only (estimatedChargesAlarm), so that no committed template has it.
            .Append("BudgetSync-OrganizationCharges")
            .ToList();
        Assert.True(alarms.Count > 10);
        Assert.Equal(
            alarms.Order(StringComparer.Ordinal),
            Row().Matches(Section("An alarm rings")).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_runbook_explains_every_state() =>
        Assert.Equal(Enum.GetNames<CoverageState>(), Row().Matches(Section("A state")).Select(row => row.Groups[1].Value));

    [Fact]
    public void The_runbook_explains_every_state_of_a_restriction() => Assert.Equal(
        typeof(RestrictionState).GetNestedTypes().Select(state => state.Name).Order(StringComparer.Ordinal),
        Row().Matches(Section("Restrictions")).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));

    /// <summary>Errors that pass by themselves need no page.</summary>
    [Fact]
    public void The_runbook_explains_every_error_code_that_a_reason_may_end_on()
    {
        var codes = FaultTable.Rows.Where(row => row.Kind is FaultKind.Blocked or FaultKind.Rejected).Select(row => row.Code).Distinct();
        var section = Section("A reason names an error");
        Assert.Empty(codes.Where(code => !section.Contains($"`{code}`", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_command_of_every_document_is_one_that_the_tool_understands(string document)
    {
        foreach (Match match in Command().Matches(Read(document)))
        {
            var line = match.Groups["line"].Value.Replace("…", "", StringComparison.Ordinal).Trim();
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var run = await Tool.RunAsync([.. words.TakeWhile(word => !word.StartsWith('-') && word.All(char.IsAsciiLetterLower)), "--help"]);
            Assert.True(run.ExitCode == ExitCode.Done, $"{document}: budgetsync {line}: {run.Error}");
            Assert.All(
                words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.True(run.Out.Contains(option, StringComparison.Ordinal), $"{document}: budgetsync {line}: has no {option}"));
        }
    }

    private static string Section(string title) =>
        Runbook.Split("\n## ").Single(part => part.StartsWith(title + "\n", StringComparison.Ordinal));

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([RepositoryRoot.Path, .. path]));

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?:`|^)(?:budgetsync|dotnet run --project src/BudgetSync\.Cli --) (?<line>[a-z][^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
