using System.Text.Json;
using Bellwether.Statistics.Chance;

namespace Bellwether.Cli.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_moved_input_is_found_and_a_steady_one_is_not()
    {
        var (code, output, error) = await ReplayAsync(LoanFiles.Predictions(shift: 1.5));
        Assert.True(code == ExitCode.Found, error);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("loans", report.GetProperty("model").GetString());
        string[] columns = [.. report.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("column").GetString()!)];
        Assert.Contains("income", columns);
        Assert.DoesNotContain("region", columns);
        Assert.All(report.GetProperty("findings").EnumerateArray(), f =>
            Assert.True(f.GetProperty("window").GetProperty("end").GetDateTimeOffset() > LoanFiles.Start.AddDays(35)));
        Assert.Contains(report.GetProperty("alerts").EnumerateArray(), a => a.GetProperty("column").GetString() == "income");
    }

    [Fact]
    public async Task Nothing_found_is_exit_code_0_and_windows_carry_the_outcomes_measures()
    {
        var (code, output, error) = await ReplayAsync(LoanFiles.Predictions(shift: 0));
        Assert.True(code == ExitCode.Nothing, error + output);
        var windows = JsonDocument.Parse(output).RootElement.GetProperty("windows");
        Assert.Equal(14 * 24, windows.EnumerateArray().Count(w => w.GetProperty("rows").GetInt32() == 40));
        Assert.All(windows.EnumerateArray(), w => Assert.Equal(1, w.GetProperty("coverage").GetDouble()));
    }

    [Fact]
    public async Task The_order_of_the_rows_in_the_file_changes_no_byte()
    {
        var rows = LoanFiles.Predictions(shift: 1.5);
        var (_, inOrder, _) = await ReplayAsync(rows);
        var random = new SplitMix64(9);
        string[] shuffled = [rows[0], .. rows.Skip(1).OrderBy(_ => random.Next())];
        var (_, outOfOrder, _) = await ReplayAsync([.. shuffled]);
        Assert.Equal(inOrder, outOfOrder);
    }

    [Fact]
    public async Task Outcomes_from_their_own_file_count_like_those_beside_the_predictions()
    {
        var rows = LoanFiles.Predictions(shift: 1.5);
        string outcomes = "id,defaulted\n" + string.Join('\n', rows.Skip(1).Select(r => r.Split(',')).Select(c => $"{c[0]},{c[6]}").Reverse()) + "\n";
        var bare = rows.Select(r => r[..r.LastIndexOf(',')]).ToList();
        var (_, beside, _) = await ReplayAsync(rows);
        var (_, apart, _) = await ReplayAsync(bare, "--outcomes", _tool.Write("outcomes.csv", outcomes));
        Assert.Equal(beside, apart);
    }

    [Fact]
    public async Task Without_outcomes_performance_cannot_be_told_and_drift_still_is()
    {
        var (code, output, error) = await ReplayAsync(LoanFiles.Predictions(shift: 1.5, withOutcomes: false));
        Assert.True(code == ExitCode.Found, error);
        var window = JsonDocument.Parse(output).RootElement.GetProperty("windows")[0];
        Assert.Equal(0, window.GetProperty("coverage").GetDouble());
        Assert.Equal("noOutcomes", window.GetProperty("measures").GetProperty("auc").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Fail_on_sets_the_severity_that_counts()
    {
        var rows = LoanFiles.Predictions(shift: 1.5);
        var (_, output, _) = await ReplayAsync(rows);
        string[] found = [.. JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("severity").GetString()!)];
        foreach (string severity in (string[])["info", "warning", "major", "critical"])
        {
            string[] enough = ["info", "warning", "major", "critical"];
            bool expected = found.Any(f => Array.IndexOf(enough, f) >= Array.IndexOf(enough, severity));
            Assert.Equal(expected ? ExitCode.Found : ExitCode.Nothing, (await ReplayAsync(rows, "--fail-on", severity)).Code);
        }
    }

    [Fact]
    public async Task The_table_shows_findings_and_text_that_looks_like_markup_as_it_is()
    {
        var rows = LoanFiles.Predictions(shift: 1.5).Select(r => r.Replace(",income,", ",[red]in/come,", StringComparison.Ordinal)).ToList();
        var (code, output, error) = await RunAsync(rows, LoanFiles.Reference().Replace(",income,", ",[red]in/come,", StringComparison.Ordinal), LoanFiles.Plan);
        Assert.True(code == ExitCode.Found, error);
        Assert.Contains("[red]in/come", output, StringComparison.Ordinal);
        Assert.Contains("Alerts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_gives_times_to_files_without_and_the_reference_can_stand_on_it()
    {
        const string Clocked = """
            model: loans
            task: binary
            columns: {id: id, prediction: answer, score: probability, outcome: defaulted}
            features: [income, region]
            clock: {start: "2026-03-02T00:00:00Z", step: 90s, reference: true}
            """;
        var (code, output, error) = await RunAsync(LoanFiles.Predictions(shift: 1.5), LoanFiles.Reference(), Clocked, "-o", "json");
        Assert.True(code == ExitCode.Found, error);
        var windows = JsonDocument.Parse(output).RootElement.GetProperty("windows");
        Assert.Equal(LoanFiles.Start.AddDays(28), windows[0].GetProperty("start").GetDateTimeOffset());
        Assert.Contains(JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray(), f => f.GetProperty("column").GetString() == "income");
    }

    [Theory]
    [InlineData("modle: loans\n", "line 1, column 1")]
    [InlineData("model: Loans!\ntask: binary\n", "model: 'Loans!'")]
    [InlineData("model: loans\n", "task: A replay needs the task")]
    [InlineData("model: loans\ntask: binary\nwindow: 1x\n", "window: '1x'")]
    [InlineData("model: loans\ntask: binary\nclock: {start: tomorrow, step: 1h}\n", "clock.start: 'tomorrow'")]
    [InlineData("model: loans\ntask: binary\nclock: {start: \"2026-01-01T00:00:00Z\", step: often}\n", "clock.step: 'often'")]
    [InlineData("model: loans\ntask: binary\ncolumns: {timestamp: at}\nclock: {start: \"2026-01-01T00:00:00Z\", step: 1h}\n", "clock: The plan names a timestamp column")]
    [InlineData("model: loans\ntask: binary\noutcomes: {delay: 1d, timestamp: known}\n", "outcomes: Give either")]
    [InlineData("model: loans\ntask: binary\noutcomes: {delay: soon}\n", "outcomes.delay: 'soon'")]
    public async Task A_faulty_plan_is_refused_with_its_place(string plan, string part)
    {
        var (code, _, error) = await RunAsync(["id,at", "1,2026-03-30T00:00:00Z"], "id,at\n1,2026-03-02T00:00:00Z\n", plan);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("plan.yaml", error, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_cell_is_named_by_file_line_and_column()
    {
        var rows = LoanFiles.Predictions(shift: 0);
        rows[4] = rows[4].Replace("2026-03-30T00:04:30Z", "yesterday", StringComparison.Ordinal);
        var (code, _, error) = await ReplayAsync(rows);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("predictions.csv, line 5, column 'at'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_without_times_need_a_clock_and_the_message_says_so()
    {
        var (code, _, error) = await RunAsync(LoanFiles.Predictions(0), LoanFiles.Reference(), LoanFiles.Plan.Replace("timestamp: at, ", "", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("clock", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay --plan a --reference b --predictions c --fail-on terrible")]
    [InlineData("replay --plan a --reference b --predictions c --server nowhere")]
    [InlineData("replay --plan a --reference b --predictions c")]
    [InlineData("compare a")]
    [InlineData("compare a b -o xml")]
    [InlineData("forecast")]
    public async Task Bad_usage_is_exit_code_2_with_a_sentence(string arguments)
    {
        var (code, output, error) = await _tool.RunAsync(arguments.Split(' '));
        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_one_line()
    {
        // The lowest port is reserved: nothing listens there.
        var rows = LoanFiles.Predictions(0);
        var (code, _, error) = await ReplayAsync(rows, "--server", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("http://127.0.0.1:1 gave no answer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task California_moves_between_regions_and_the_coordinates_say_so()
    {
        var (code, output, error) = await _tool.RunAsync(
            "replay", "--plan", Tool.Plan("california-housing.yaml"), "--reference", Tool.Data("california_housing_reference.csv"),
            "--predictions", Tool.Data("california_housing_analysis.csv"), "--outcomes", Tool.Data("california_housing_analysis_gt.csv"), "-o", "json");
        Assert.True(code == ExitCode.Found, error);
        var report = JsonDocument.Parse(output).RootElement;
        string[] columns = [.. report.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("column").GetString()!)];
        Assert.Contains("Latitude", columns);
        Assert.Contains("Longitude", columns);
        Assert.Equal(8232, report.GetProperty("windows").EnumerateArray().Sum(w => w.GetProperty("rows").GetInt64()));
    }

    private Task<(int Code, string Output, string Error)> ReplayAsync(List<string> predictions, params string[] more) =>
        RunAsync(predictions, LoanFiles.Reference(), LoanFiles.Plan, ["-o", "json", .. more]);

    private Task<(int Code, string Output, string Error)> RunAsync(List<string> predictions, string reference, string plan, params string[] more) => _tool.RunAsync([
        "replay", "--plan", _tool.Write("plan.yaml", plan), "--reference", _tool.Write("reference.csv", reference),
        "--predictions", _tool.Write("predictions.csv", string.Join('\n', predictions) + "\n"), .. more]);
}
