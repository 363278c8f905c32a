using System.Diagnostics;

namespace Bellwether.Statistics.Tests;

/// <summary>Compiles the sample ahead of time and runs it: analysis alone misses what throws at run time.</summary>
public sealed class NativeSampleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_native_sample_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The native sample is published for Linux only.");
        Assert.SkipUnless(IsOnPath("clang") || IsOnPath("gcc"), "No linker: neither clang nor gcc is on the path.");
        if (Root() is not { } root)
        {
            Assert.Skip("The tests do not run from a checkout.");
            return;
        }
        string artifacts = Directory.CreateTempSubdirectory("native-sample-").FullName;
        try
        {
            string runtime = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
            string project = Path.Combine(root, "samples", "Statistics.Native", "Statistics.Native.csproj");
            // A folder of its own: other tests may run from the usual one.
            var (published, log) = await Run(
                "dotnet", "publish", project, "-c", "Release", "-r", runtime, "--artifacts-path", artifacts, "-v", "q", "--nologo", "-p:RunAnalyzers=false");
            Assert.SkipWhen(
                published != 0 && log.Contains("ILCompiler", StringComparison.Ordinal) && log.Contains("NU1", StringComparison.Ordinal),
                "The native compiler cannot be restored from the package feed.");
            Assert.True(published == 0, log);
            string binary = Directory.GetFiles(artifacts, "Statistics.Native", SearchOption.AllDirectories)
                .Single(file => file.Contains("publish", StringComparison.Ordinal));
            var (code, text) = await Run(binary);
            output.WriteLine(text);
            Assert.True(code == 0, text);
            Assert.Contains("compiled ahead of time, 0 wrong", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Run(string file, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        // What the runner of these tests sets for itself must not steer another build.
        foreach (string name in process.StartInfo.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            process.StartInfo.Environment.Remove(name);
        }
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, text + await errors);
    }

    private static bool IsOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    private static string? Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Bellwether.slnx"))) { return at.FullName; }
        }
        return null;
    }
}
