using System.Text.RegularExpressions;

namespace BudgetSync.Repo.Tests;

/// <summary>
/// The corridor is the folder tree (<c>src/README.md</c>): a folder knows the folders before it and none behind it, so there is no circle either.
/// What stands in a project's own folder is known to all of it, and knows no folder; only <c>Program.cs</c> does, where everything is put together.
/// </summary>
public sealed partial class NamespaceOrderTests
{
    public static TheoryData<string, string[]> Orders() => new()
    {
        {
            "Core",
            [
                "Organization", "Budgets", "Restrictions", "Stops", "Ai", "Rows", "Parameter", "Planning", "Spend", "Reports", "Status", "Coverage",
                "OwnCosts", "Alerts", "Responses", "Reconcile", "Page"
            ]
        },
        {
            "Aws",
            [
                "Faults", "Logging", "Calls", "Clients", "Settings", "Hosting", "AccountBudgets", "Spokes", "Tables", "Organizations", "Propagate",
                "Stops", "Restrictions", "Metering", "Apply", "Collect", "Track", "Reconcile", "Notify", "Respond", "Page"
            ]
        },
        {
            "Cli",
            [
                "Terminal",
                "Stack",
                "Commands.Channels",
                "Commands.Rows",
                "Commands.Accounts",
                "Commands.Plan",
                "Commands.Drift",
                "Commands.Reconcile",
                "Commands.Status",
                "Commands.Adopt",
                "Commands.Actions",
                "Commands.Money",
                "Commands.Alerts",
                "Commands.Responses",
                "Commands.Ai",
                "Commands.Local",
                "Commands"
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_folder_looks_only_at_the_folders_before_it(string project, string[] order)
    {
        var root = $"src/BudgetSync.{project}/";
        var files = Repository.Files.Where(path => path.StartsWith(root, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var offenders = new List<string>();
        foreach (var file in files.Where(path => path[root.Length..].Contains('/', StringComparison.Ordinal)))
        {
            var parts = file[root.Length..].Split('/');
            var folder = parts is ["Commands", var command, _, ..] ? $"Commands.{command}" : parts[0];
            var place = Array.IndexOf(order, folder);
            if (place < 0) offenders.Add($"{file}: the folder {folder} has no place in the order; give it one here and in src/README.md");
            var seen = Mention().Matches(Repository.Read(file))
                .Where(match => match.Groups["project"].Value == project)
                .Select(match => match.Groups["folder"].Value);
            offenders.AddRange(seen.Distinct().Where(other => Array.IndexOf(order, other) > place).Select(other => $"{file}: {folder} looks at {other}"));
        }

        Assert.Empty(offenders);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void What_stands_in_the_projects_own_folder_looks_at_no_folder_of_it(string project, string[] order)
    {
        var root = $"src/BudgetSync.{project}/";
        var offenders = Repository.Files
            .Where(path => path.StartsWith(root, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => !path[root.Length..].Contains('/', StringComparison.Ordinal) && Path.GetFileName(path) != "Program.cs")
            .SelectMany(file => Mention().Matches(Repository.Read(file)).Select(match => (file, match)))
            .Where(mention => mention.match.Groups["project"].Value == project && order.Contains(mention.match.Groups["folder"].Value))
            .Select(mention => $"{mention.file} looks at {mention.match.Value}");
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"BudgetSync\.(?<project>Core|Aws|Cli)\.(?<folder>(Commands\.)?[A-Z]\w+)")]
    private static partial Regex Mention();
}
