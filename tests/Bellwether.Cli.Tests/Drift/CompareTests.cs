using System.Globalization;
using System.Text;
using System.Text.Json;
using Bellwether.Statistics.Chance;

namespace Bellwether.Cli.Tests.Drift;

public sealed class CompareTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_file_compared_with_itself_has_not_moved()
    {
        string file = _tool.Write("a.csv", Rows(1, 0, .5));
        var columns = await CompareAsync(file, file);
        foreach (string score in (string[])["psi", "ks", "jensenShannon", "wassersteinSigmas", "meanShiftSigmas"])
        {
            Assert.Equal(0, Get(columns["income"], score)!.Value, 1e-6);
        }
        Assert.Equal(0, Get(columns["region"], "psi"));
        Assert.Equal(0, Get(columns["region"], "unseenShare"));
    }

    [Fact]
    public async Task Scores_have_the_size_of_a_known_shift()
    {
        var columns = await CompareAsync(_tool.Write("a.csv", Rows(1, 0, .5)), _tool.Write("b.csv", Rows(2, 1, .5)));
        var income = columns["income"];
        Assert.InRange(Get(income, "meanShiftSigmas")!.Value, .9, 1.1);
        Assert.InRange(Get(income, "wassersteinSigmas")!.Value, .9, 1.1);
        Assert.InRange(Get(income, "ks")!.Value, .33, .44); // 2Φ(½) − 1 = .383 for a shift of one σ.
        Assert.InRange(Get(columns["region"], "psi")!.Value, 0, .01);
    }

    [Fact]
    public async Task Nulls_unseen_categories_and_wrong_types_are_shares_of_their_own()
    {
        string reference = _tool.Write("a.csv", Rows(1, 0, .5));
        string[] lines = Rows(2, 0, .5).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i <= 500; i++) { lines[i] = ",west"; }
        for (int i = 501; i <= 700; i++) { lines[i] = "unknown,north"; }
        var columns = await CompareAsync(reference, _tool.Write("b.csv", string.Join('\n', lines) + "\n"));
        Assert.Equal(.25, Get(columns["income"], "nullShare"));
        Assert.Equal(.1, Get(columns["income"], "typeErrorShare"));
        Assert.Equal(.25, Get(columns["region"], "unseenShare"));
    }

    [Fact]
    public async Task The_limit_decides_the_exit_code()
    {
        string a = _tool.Write("a.csv", Rows(1, 0, .5)), b = _tool.Write("b.csv", Rows(2, 1, .5));
        Assert.Equal(ExitCode.Nothing, (await _tool.RunAsync("compare", a, b)).Code);
        Assert.Equal(ExitCode.Found, (await _tool.RunAsync("compare", a, b, "--fail-above", "0.25")).Code);
        Assert.Equal(ExitCode.Nothing, (await _tool.RunAsync("compare", a, b, "--fail-above", "0.25", "--ignore", "income")).Code);
        Assert.Equal(ExitCode.Nothing, (await _tool.RunAsync("compare", a, b, "--fail-above", "50")).Code);
    }

    [Fact]
    public async Task A_constant_reference_cannot_be_scored_in_sigmas()
    {
        string a = _tool.Write("a.csv", "x\n5\n5\n5\n"), b = _tool.Write("b.csv", "x\n5\n6\n5\n");
        var columns = await CompareAsync(a, b);
        Assert.Null(Get(columns["x"], "meanShiftSigmas"));
        Assert.Null(Get(columns["x"], "wassersteinSigmas"));
    }

    [Fact]
    public async Task The_table_sorts_what_moved_most_to_the_top()
    {
        var (_, output, _) = await _tool.RunAsync("compare", _tool.Write("a.csv", Rows(1, 0, .5)), _tool.Write("b.csv", Rows(2, 0, .9)));
        Assert.True(output.IndexOf("region", StringComparison.Ordinal) < output.IndexOf("income", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_file_is_refused_by_name()
    {
        var (code, _, error) = await _tool.RunAsync("compare", _tool.Write("a.csv", "x\n"), _tool.Write("b.csv", "x\n1\n"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("a.csv", error, StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, JsonElement>> CompareAsync(string reference, string current)
    {
        var (code, output, error) = await _tool.RunAsync("compare", reference, current, "-o", "json");
        Assert.True(code == ExitCode.Nothing, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("columns").EnumerateArray().ToDictionary(c => c.GetProperty("column").GetString()!);
    }

    private static double? Get(JsonElement column, string name) => column.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static string Rows(ulong seed, double shift, double northShare)
    {
        var random = new SplitMix64(seed);
        var text = new StringBuilder("income,region\n");
        for (int i = 0; i < 2000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{random.NextNormal() + shift:0.######},{(random.NextDouble() < northShare ? "north" : "south")}\n");
        }
        return text.ToString();
    }
}
