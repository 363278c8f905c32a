namespace Bellwether.Storage.Tests.Log;

/// <summary>The data sets beside the repository; a test that needs one is skipped where they are absent.</summary>
internal static class SharedData
{
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "design")) && File.Exists(path)) { return path; }
        }
        Assert.Skip($"'{file}' is not here.");
        return "";
    }
}
