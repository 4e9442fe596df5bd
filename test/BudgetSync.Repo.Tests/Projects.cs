using System.Xml.Linq;

namespace BudgetSync.Repo.Tests;

/// <summary>What a project file says, read as text: no build is needed to judge it.</summary>
internal static class Projects
{
    /// <summary>The projects it references, as paths from the root; an AwsPackage that src/compat stands in for is one.</summary>
    public static IEnumerable<string> ReferencesOf(string project)
    {
        var nodes = XDocument.Parse(Repository.Read(project)).Descendants().ToList();
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(project)!);
        var referenced = nodes.Where(node => node.Name.LocalName == "ProjectReference")
            .Select(node => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, node.Attribute("Include")!.Value))).Replace('\\', '/'));
        var standIns = nodes.Where(node => node.Name.LocalName == "AwsPackage")
            .SelectMany(node => node.Attribute("Include")!.Value.Split(';'))
            .Select(name => $"src/compat/{name}/{name}.csproj");
        return referenced.Concat(standIns);
    }
}
