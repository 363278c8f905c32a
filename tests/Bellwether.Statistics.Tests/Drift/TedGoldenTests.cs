using System.Text.Json;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Summaries;
using Bellwether.Statistics.Tests.Golden;

namespace Bellwether.Statistics.Tests.Drift;

public sealed class TedGoldenTests
{
    private static readonly string[] FactorNames = ["hour", "day", "both"];

    [Fact]
    public void Angles_agree()
    {
        var golden = TedGolden.Case("t01");
        var inputs = golden.GetProperty("inputs");
        var outputs = golden.GetProperty("outputs");
        double[] h = inputs.GetProperty("h").Numbers();
        TedGolden.Close(outputs.GetProperty("phi").Numbers(), [.. inputs.GetProperty("p").Numbers().Select(Angle.Of)], 1e-9, "φ");
        TedGolden.Close(outputs.GetProperty("unphi").Numbers(), [.. h.Select(Angle.Inverse)], 1e-9, "φ⁻¹");
        TedGolden.Close(outputs.GetProperty("rate").Numbers(), [.. h.Select(Angle.Rate)], 1e-9, "rate");
    }

    [Fact]
    public void A_daily_fit_agrees()
    {
        var golden = TedGolden.Case("t02");
        var stream = TedStream.Of(golden.GetProperty("inputs"), 1, null, Rhythm.For(TimeSpan.FromDays(1)));
        AssertFit(golden.GetProperty("outputs"), stream.Fit());
    }

    [Fact]
    public void An_hourly_fit_with_three_factors_wobble_and_tracker_agrees()
    {
        var golden = TedGolden.Case("t03");
        AssertFit(golden.GetProperty("outputs"), TedStream.Hourly(golden.GetProperty("inputs"), null).Fit());
    }

    [Fact]
    public void Both_lanes_and_the_ladder_agree_under_wobble_and_a_shift()
    {
        var golden = TedGolden.Case("t04");
        var outputs = golden.GetProperty("outputs");
        var stream = TedStream.Hourly(golden.GetProperty("inputs"), 504);
        var reference = stream.Fit();
        AssertFit(outputs.GetProperty("fit"), reference);
        double[][] baseline = [.. Enumerable.Range(504, 3).Select(w => stream.Baseline(reference, w))];
        TedGolden.Close(
            [.. outputs.GetProperty("baseline_angle_first_3_windows").EnumerateArray().SelectMany(row => row.Numbers())],
            [.. baseline.SelectMany(row => row)], 1e-9, "baseline");

        AssertEvidence(outputs.GetProperty("M").Numbers(), stream.Evidence(reference, 8760));
        AssertEvidence(outputs.GetProperty("M_slow").Numbers(), stream.Evidence(reference, 8760, lane: 0));
        AssertEvidence(outputs.GetProperty("M_fast").Numbers(), stream.Evidence(reference, 8760, lane: 1));

        int[] ladder = [.. outputs.GetProperty("ladder_first_window_M_at_least_A").Integers().Select(w => (int)w)];
        for (int level = 0; level < ladder.Length; level++)
        {
            double[] evidence = stream.Evidence(reference, 8760, TedOptions.DefaultTolerances[level]);
            Assert.Equal(ladder[level], Array.FindIndex(evidence, m => m >= 8760));
        }
    }

    [Fact]
    public void A_clock_in_years_gives_the_same_evidence_as_one_in_windows()
    {
        var golden = TedGolden.Case("t04");
        var stream = TedStream.Hourly(golden.GetProperty("inputs"), 504);
        var reference = stream.Fit();
        AssertEvidence(stream.Evidence(reference, 8760), stream.Evidence(reference, 8760, increment: 1 / 8760.0), 1e-9);
    }

    [Theory]
    [InlineData("t05", 336)] // empty windows
    [InlineData("t09", 504)] // a heavy-tailed reference
    public void Hourly_evidence_agrees(string name, int referenceWindows)
    {
        var golden = TedGolden.Case(name);
        var outputs = golden.GetProperty("outputs");
        var stream = TedStream.Hourly(golden.GetProperty("inputs"), referenceWindows);
        var reference = stream.Fit();
        AssertFit(outputs.GetProperty("fit"), reference);
        AssertEvidence(outputs.GetProperty("M").Numbers(), stream.Evidence(reference, 8760));
    }

    [Theory]
    [InlineData("t06", true)]  // a constant that moves
    [InlineData("t07", true)]  // an unseen category
    [InlineData("t14", false)] // 1 to 10⁹ rows, ends of the scale, underflow
    public void Daily_evidence_agrees(string name, bool wobble)
    {
        var golden = TedGolden.Case(name);
        var outputs = golden.GetProperty("outputs");
        var stream = TedStream.Of(golden.GetProperty("inputs"), 1, 84, []);
        var reference = stream.Fit(wobble);
        AssertFit(outputs.GetProperty("fit"), reference);
        AssertEvidence(outputs.GetProperty("M").Numbers(), stream.Evidence(reference, 365));
    }

    [Fact]
    public void Cuts_of_values_with_ties_agree()
    {
        var golden = TedGolden.Case("t08");
        double[] values = golden.GetProperty("inputs").GetProperty("x").Numbers();
        var outputs = golden.GetProperty("outputs");
        var column = ColumnSchema.FitNumeric("x", values);
        TedGolden.Close(outputs.GetProperty("cuts").Numbers(), [.. column.Cuts.Select(cut => column.Edges[cut])], 0, "cuts");
        var window = new WindowSummary(new BinSchema([column], null));
        window.AddNumeric(0, values, new byte[values.Length]);
        long[] counts = new long[column.EventCount];
        column.Events(window.Columns[0], counts);
        Assert.Equal(outputs.GetProperty("K").Integers(), counts);
    }

    [Fact]
    public void Confirmed_names_agree()
    {
        var golden = TedGolden.Case("t11");
        var expected = golden.GetProperty("outputs").GetProperty("confirmed").Integers();
        int[] confirmed = EBenjaminiHochberg.Confirm(golden.GetProperty("inputs").GetProperty("M").Numbers(), 8760);
        Assert.Equal(expected, confirmed.Select(name => (long)name));
    }

    [Fact]
    public void Sizes_after_an_alarm_agree()
    {
        var golden = TedGolden.Case("t13");
        var outputs = golden.GetProperty("outputs");
        var stream = TedStream.Hourly(golden.GetProperty("inputs"), 336);
        var reference = stream.Fit();
        double[] shifts = new double[stream.Events], widths = new double[stream.Events];
        for (int j = 0; j < stream.Events; j++)
        {
            long count = 0, rows = 0;
            double expected = 0;
            int windows = 0;
            for (int w = 336; w < stream.RowCounts.Length; w++)
            {
                count += stream.CountsOf(w)[j];
                rows += stream.RowCounts[w];
                expected += stream.RowCounts[w] * Angle.Inverse(stream.Baseline(reference, w)[j]);
                windows += stream.RowCounts[w] > 0 ? 1 : 0;
            }
            var size = TedSize.Of(reference, j, count, rows, expected, windows);
            (shifts[j], widths[j]) = (size.AngleShift, size.HalfWidth);
        }
        TedGolden.Close(outputs.GetProperty("estimate").Numbers(), shifts, 1e-9, "estimate");
        TedGolden.Close(outputs.GetProperty("half_width").Numbers(), widths, 1e-9, "half width");
    }

    private static void AssertEvidence(double[] expected, double[] actual, double relative = 1e-7) =>
        TedGolden.Close(expected, actual, relative, "M", 1e-300);

    private static void AssertFit(JsonElement expected, EventReference actual)
    {
        const double Relative = 1e-9;
        Assert.Equal(expected.GetProperty("J").GetInt32(), actual.Events);
        Assert.Equal(expected.GetProperty("W").GetInt32(), actual.Windows);
        Assert.Equal(expected.GetProperty("N").GetDouble(), actual.Rows);
        Assert.Equal(expected.GetProperty("track").GetBoolean(), actual.Track);
        Assert.Equal(expected.GetProperty("heavy").GetBoolean(), actual.Heavy);
        TedGolden.Close(expected.GetProperty("p").Numbers(), actual.P.AsSpan(), Relative, "p");
        TedGolden.Close(expected.GetProperty("hp").Numbers(), actual.Angles.AsSpan(), Relative, "hp");
        TedGolden.Close(expected.GetProperty("v").GetDouble(), actual.V, Relative, "v");
        TedGolden.Close(expected.GetProperty("tau2").GetDouble(), actual.TauSquared, Relative, "τ²");
        TedGolden.Close(expected.GetProperty("ibar").GetDouble(), actual.MeanInverseRows, Relative, "ī");
        TedGolden.Close(expected.GetProperty("kurt").GetDouble(), actual.Kurtosis, Relative, "kurtosis");
        TedGolden.Close(expected.GetProperty("vf").Numbers(), actual.Vf.AsSpan(), Relative, "vf");
        TedGolden.Close(expected.GetProperty("own").Numbers(), actual.Own.AsSpan(), Relative, "own");
        foreach (string name in FactorNames)
        {
            int factor = actual.Factors.IndexOf(actual.Factors.FirstOrDefault(f => f.Name == name)!);
            bool fitted = expected.GetProperty("tabs").TryGetProperty(name, out var table);
            Assert.Equal(fitted, factor >= 0 && !actual.Tables[factor].IsEmpty);
            if (!fitted) { continue; }
            double[] effects = [.. table.EnumerateArray().SelectMany(row => row.Numbers())];
            TedGolden.Close(effects, actual.Tables[factor].AsSpan(), Relative, name);
        }
        if (!actual.Track) { return; }
        TedGolden.Close(expected.GetProperty("rho").GetDouble(), actual.Rho, Relative, "ρ");
        TedGolden.Close(expected.GetProperty("P").Numbers(), actual.TrackerVariance.AsSpan(), Relative, "P");
        TedGolden.Close(expected.GetProperty("s").Numbers(), actual.S.AsSpan(), Relative, "s");
        TedGolden.Close(expected.GetProperty("pf").Numbers(), actual.Pf.AsSpan(), Relative, "pf");
    }
}
