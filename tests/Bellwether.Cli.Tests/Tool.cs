using System.Globalization;

namespace Bellwether.Cli.Tests;

/// <summary>Runs the tool as a shell would, in a folder of its own that goes with the test.</summary>
internal sealed class Tool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bellwether-cli-").FullName;

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A file of the data sets beside the repository; skips the test where they are absent.</summary>
    public static string Data(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (!Directory.Exists(Path.Combine(shared, "design"))) { continue; }
            string file = Path.Combine(shared, "data", name);
            if (File.Exists(file)) { return file; }
        }
        Assert.Skip($"The data set {name} is not beside this checkout.");
        return "";
    }

    /// <summary>A plan of the documentation.</summary>
    public static string Plan(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bellwether.slnx"))) { return Path.Combine(folder.FullName, "docs", "plans", name); }
        }
        throw new DirectoryNotFoundException($"No Bellwether.slnx above {AppContext.BaseDirectory}.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
