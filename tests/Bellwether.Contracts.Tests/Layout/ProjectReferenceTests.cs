using System.Xml.Linq;

namespace Bellwether.Contracts.Tests.Layout;

/// <summary>The direction of project references: what a project may name, directly; whatever stands higher is out of reach.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Bellwether.Contracts"] = [],
        ["Bellwether.Statistics"] = [],
        ["Bellwether.Client"] = ["Bellwether.Contracts"],
        ["Bellwether.Monitoring"] = ["Bellwether.Contracts", "Bellwether.Statistics"],
        ["Bellwether.Maintenance"] = ["Bellwether.Monitoring"],
        ["Bellwether.Storage"] = ["Bellwether.Maintenance"],
        ["Bellwether.Dashboard"] = ["Bellwether.Maintenance"],
        ["Bellwether.Server"] =
            ["Bellwether.Contracts", "Bellwether.Statistics", "Bellwether.Monitoring", "Bellwether.Maintenance", "Bellwether.Storage", "Bellwether.Dashboard"],
        ["Bellwether.Cli"] = ["Bellwether.Client", "Bellwether.Storage"],
    };

    public static TheoryData<string> Projects() => [.. Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_stands_below_it(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed), $"{project} has no place in the layout yet: give it one here.");
        Assert.Empty(References(project).Except(allowed!));
    }

    [Fact]
    public void Every_project_of_the_layout_exists() => Assert.Empty(Allowed.Keys.Except(Projects().Select(row => row.Data)));

    [Fact]
    public void Statistics_and_Contracts_need_no_logging_hosting_or_storage_package()
    {
        foreach (string project in new[] { "Bellwether.Contracts", "Bellwether.Statistics", "Bellwether.Client" })
        {
            Assert.DoesNotContain(Items(project, "PackageReference"), name =>
                name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                || name.StartsWith("DuckDB", StringComparison.Ordinal) || name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_the_server_knows_Orleans() =>
        Assert.All(Allowed.Keys.Where(project => project != "Bellwether.Server"), project =>
            Assert.DoesNotContain(Items(project, "PackageReference"), name => name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)));

    private static IEnumerable<string> References(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    private static List<string> Items(string project, string element) =>
        [.. XDocument.Load(Path.Combine(Source, project, project + ".csproj")).Descendants(element).Select(item => item.Attribute("Include")!.Value)];

    private static string Source { get; } = FindSource();

    private static string FindSource()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bellwether.slnx"))) { return Path.Combine(folder.FullName, "src"); }
        }
        throw new DirectoryNotFoundException($"No Bellwether.slnx above {AppContext.BaseDirectory}.");
    }
}
