using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Statistics.Chance;

namespace Bellwether.Acceptance.Tests;

/// <summary>The README's quick start, pasted into a shell.</summary>
public sealed class QuickStartTests
{
    private const string Address = "http://127.0.0.1:5080";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_does_what_it_says_whenever_it_is_pasted()
    {
        Assert.SkipUnless(IsThere("bash") && IsThere("curl"), "There is no bash or no curl.");
        string readme = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "README.md"), Cancellation);
        string[] lines = readme.Split("```bash\n")[1].Split("\n```")[0].Split('\n');
        Assert.InRange(lines.Length, 5, 10);
        Assert.StartsWith("dotnet run ", lines[0], StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "last-month.csv"), LastMonth(), Cancellation);
        await using var server = await ServerProcess.StartAsync(Cancellation, "serve", "--data", Path.Combine(folder.Path, "data"));

        // The server of the first line runs already, on a port of its own; a refusal ends the script.
        string script = "set -e\ncurl() { [ \"$1\" = -sf ] || set -- -sS --fail-with-body \"$@\"; command curl \"$@\" || return; echo; }\n"
            + string.Join('\n', lines[1..]).Replace(Address, server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var (code, output) = await RunAsync(script, folder.Path);
        Assert.True(code == 0, output);
        Assert.DoesNotContain("curl:", output, StringComparison.Ordinal);

        string model = "/v1/models/credit";
        Assert.Contains(""""accepted":1,"duplicates":0,"rejected":[]"""", output, StringComparison.Ordinal);
        Assert.Contains(""""state":"watching"""", output, StringComparison.Ordinal);
        var stored = await GetAsync(model + "/predictions/7f3");
        var happened = stored.GetProperty("prediction").GetProperty("timestamp").GetDateTimeOffset();
        Assert.True(stored.GetProperty("outcome").GetProperty("timestamp").GetDateTimeOffset() > happened);
        var window = Assert.Single((await GetAsync(model + "/windows")).GetProperty("items").EnumerateArray());
        Assert.Equal((1, 1), (window.GetProperty("rows").GetInt32(), window.GetProperty("outcomes").GetInt32()));
        Assert.Contains(window.GetRawText(), output, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(output);

        async Task<JsonElement> GetAsync(string route) => JsonDocument.Parse(await server.Http.GetStringAsync(new Uri(route, UriKind.Relative), Cancellation)).RootElement;
    }

    private static async Task<(int Code, string Output)> RunAsync(string script, string folder)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(Cancellation), shell.StandardError.ReadToEndAsync(Cancellation));
        await shell.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        return (shell.ExitCode, await output + await error);
    }

    /// <summary>Thirty days of rows with a daily rhythm, such as somebody would have at hand.</summary>
    private static string LastMonth()
    {
        var random = new SplitMix64(7);
        var start = TimeProvider.System.GetUtcNow().AddDays(-31);
        var csv = new StringBuilder("at,income,region,probability,defaulted\n");
        for (int i = 0; i < 30 * 24 * 5; i++)
        {
            double score = random.NextDouble();
            csv.Append(UtcInstantConverter.Format(start.AddMinutes(12 * i))).Append(CultureInfo.InvariantCulture,
                $",{Math.Round(50_000 + 9_000 * random.NextNormal())},{(random.NextInt(3) == 0 ? "south" : "north")},{Math.Round(score, 4)},{(random.NextDouble() < score ? 1 : 0)}\n");
        }
        return csv.ToString();
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
