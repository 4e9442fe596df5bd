namespace BudgetSync.Repo.Tests;

public sealed class LayoutTests
{
    private static readonly string[] Folders = ["src", "test", "cdk", ".github", ".ci"];

    [Fact]
    public void The_top_level_holds_only_the_five_folders_and_root_files()
    {
        var folders = Repository.Files.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0]).Distinct();
        Assert.Equal(Folders.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_a_README_and_stands_in_the_solution()
    {
        var solution = Repository.Read("BudgetSync.sln").Replace('\\', '/');
        var projects = Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(projects);
        Assert.Empty(projects.Where(path => !solution.Contains(path, StringComparison.Ordinal)));
        Assert.Empty(projects.Where(path => !Repository.Files.Contains($"{Path.GetDirectoryName(path)!.Replace('\\', '/')}/README.md")));
    }

    [Fact]
    public void The_root_README_is_under_200_lines() => Assert.InRange(Repository.Read("README.md").Split('\n').Length, 20, 199);

    [Fact]
    public void Every_link_of_every_README_leads_to_a_file()
    {
        var broken = new List<string>();
        foreach (var page in Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(
                Repository.Read(page),
                @"\]\((?<to>[^)#:]+)(#[^)]*)?\)"))
            {
                var target = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Groups["to"].Value));
                if (!File.Exists(target) && !Directory.Exists(target)) broken.Add($"{page}: {link.Groups["to"].Value}");
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine_or_a_package_host()
    {
        string[] forbidden = ["/wor" + "k/", "/roo" + "t/", "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "debian" + ".org", "pypi" + ".org"];
        var found = Repository.Files
            .Where(path => Path.GetExtension(path) is not (".png" or ".zip"))
            .SelectMany(path => forbidden.Where(word => Repository.Read(path).Contains(word, StringComparison.Ordinal)).Select(word => $"{path}: {word}"));
        Assert.Empty(found);
    }
}
