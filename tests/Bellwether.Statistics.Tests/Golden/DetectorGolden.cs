using System.Text.Json;
using Bellwether.Statistics.Detectors;

namespace Bellwether.Statistics.Tests.Golden;

/// <summary>The stream detectors, each against the implementations that an option of it reproduces.</summary>
internal sealed class DetectorGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("c_", StringComparison.Ordinal) && !file.StartsWith("c_kswin", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        if (Detector(golden.Function, golden.Params) is not { } detector)
        {
            comparison.OtherImplementation();
            return;
        }
        double[] stream = DetectorStream.Of(golden);
        var outputs = golden.Outputs;
        Dictionary<int, JsonElement> states = outputs.TryGetProperty("state", out var state)
            ? state.EnumerateObject().ToDictionary(one => int.Parse(one.Name, System.Globalization.CultureInfo.InvariantCulture), one => one.Value)
            : [];
        var drifts = new List<int>();
        bool[] warnings = new bool[stream.Length];
        for (int i = 0; i < stream.Length; i++)
        {
            if (detector.Update(stream[i]) == DetectorState.Drift) { drifts.Add(i); }
            warnings[i] = detector.HasWarningFlag;
            if (states.Remove(i + 1, out var expected)) { CompareState(comparison, detector, i + 1, expected, golden.Tolerance.GetProperty("state")); }
        }
        Assert.Empty(states);
        comparison.ExactlyAll("drifts", [.. outputs.GetProperty("drifts").EnumerateArray().Select(index => index.GetInt32())], drifts);
        comparison.Exactly("n_warning_steps", outputs.GetProperty("n_warning_steps").GetInt32(), warnings.Count(flag => flag));
        var intervals = Runs(warnings);
        if (outputs.TryGetProperty("warning_intervals", out var all))
        {
            comparison.ExactlyAll("warning_intervals", Pairs(all), intervals);
        }
        else
        {
            comparison.ExactlyAll("warning_intervals_first_400", Pairs(outputs.GetProperty("warning_intervals_first_400")), [.. intervals.Take(400)]);
        }
    }

    /// <summary>The detector that reproduces the implementation, null where no option does.</summary>
    private static StreamDetector? Detector(string function, JsonElement p) => (function, Implementation(p)) switch
    {
        ("ADWIN", "river") => new Adwin(new AdwinOptions(
            Real(p, "delta"), Whole(p, "clock"), Whole(p, "max_buckets"), Whole(p, "min_window_length"), Whole(p, "grace_period"), Compatibility.River)),
        ("PageHinkley", "river") => new PageHinkley(new PageHinkleyOptions(
            Real(p, "delta"), Real(p, "threshold"), Whole(p, "min_instances"),
            Enum.Parse<Direction>(p.GetProperty("mode").GetString()!, true), Real(p, "alpha"), Compatibility.River)),
        ("CUSUM", "frouros") => new Cusum(new CusumOptions(
            Real(p, "delta"), Real(p, "lambda_"), Whole(p, "min_num_instances"), null, Compatibility.Frouros)),
        ("CUSUM", "tornado") => new Cusum(new CusumOptions(
            Real(p, "delta"), Real(p, "lambda_"), Whole(p, "min_instance"), null, Compatibility.Tornado)),
        ("GMA", "frouros") => new Gma(new GmaOptions(Real(p, "alpha"), Real(p, "lambda_"), Whole(p, "min_num_instances"))),
        ("DDM", "river") => new Ddm(new DdmOptions(
            Real(p, "warning_threshold"), Real(p, "drift_threshold"), Whole(p, "warm_start"), Compatibility.River)),
        ("EDDM", "river") => new Eddm(new EddmOptions(Real(p, "alpha"), Real(p, "beta"), Whole(p, "warm_start"), Compatibility.River)),
        ("HDDM_A", "river") => new HddmA(new HddmAOptions(
            Real(p, "drift_confidence"), Real(p, "warning_confidence"), Sides(p), Compatibility.River)),
        ("HDDM_W", "river") => new HddmW(new HddmWOptions(
            Real(p, "drift_confidence"), Real(p, "warning_confidence"), Real(p, "lambda_val"), Sides(p), Compatibility.River)),
        ("FHDDM", "tornado") => new Fhddm(new FhddmOptions(Whole(p, "n"), Real(p, "delta"), Compatibility.Tornado)),
        ("FHDDM", "river") => new Fhddm(new FhddmOptions(Whole(p, "n"), Real(p, "delta"), Compatibility.River)),
        ("FHDDMS", "tornado") => new Fhddms(new FhddmsOptions(Whole(p, "m"), Whole(p, "n"), Real(p, "delta"))),
        ("MDDM_A", "tornado") => new Mddm(new MddmOptions(MddmScheme.Arithmetic, Whole(p, "n"), Real(p, "difference"), Real(p, "delta"))),
        ("MDDM_E", "tornado") => new Mddm(new MddmOptions(MddmScheme.Euler, Whole(p, "n"), Real(p, "lambda_"), Real(p, "delta"))),
        ("MDDM_G", "tornado") => new Mddm(new MddmOptions(MddmScheme.Geometric, Whole(p, "n"), 0, Real(p, "delta"), Real(p, "ratio"))),
        ("RDDM", "tornado") => new Rddm(new RddmOptions(WarmUp: Whole(p, "min_instance"))),
        ("STEPD", "frouros") => new Stepd(new StepdOptions(
            Real(p, "alpha_d"), Real(p, "alpha_w"), Whole(p, "min_num_instances"), Compatibility.Frouros)),
        ("ECDD-WT", "frouros") => new EcddWt(new EcddWtOptions(
            Real(p, "lambda_"), Whole(p, "average_run_length"), Real(p, "warning_level"), Whole(p, "min_num_instances"), Compatibility.Frouros)),
        ("ECDD-WT", "tornado") => new EcddWt(new EcddWtOptions(
            Real(p, "lambda_"), WarmUp: Whole(p, "min_instance"), Compatibility: Compatibility.Tornado)),
        _ => null,
    };

    private static void CompareState(GoldenComparison comparison, StreamDetector detector, int at, JsonElement expected, JsonElement tolerance)
    {
        foreach (var one in expected.EnumerateObject())
        {
            double actual = (detector, one.Name) switch
            {
                (Adwin adwin, "width") => adwin.Width,
                (Adwin adwin, "total") => adwin.Sums.Total,
                (Adwin adwin, "variance_sum") => adwin.Sums.Squares,
                (PageHinkley test, "mean") => test.Mean,
                (PageHinkley test, "sum_inc") => test.Sums.Rise,
                (PageHinkley test, "min_inc") => test.Sums.Lowest,
                (PageHinkley test, "sum_dec") => test.Sums.Fall,
                (PageHinkley test, "max_dec") => test.Sums.Highest,
                (Cusum cusum, "sum") => cusum.Sum,
                (Gma gma, "sum") => gma.Average,
                (Ddm ddm, "p") => ddm.ErrorRate,
                (Ddm ddm, "p_min") => ddm.LowestRate,
                (Ddm ddm, "s_min") => ddm.LowestDeviation,
                _ => throw new InvalidDataException($"Unknown number {one.Name} of {detector.GetType().Name}."),
            };
            comparison.Number($"state after {at}: {one.Name}", one.Value, actual, tolerance);
        }
    }

    /// <summary>The library alone: what follows names a variant that the other parameters say too.</summary>
    private static string Implementation(JsonElement p) => p.GetProperty("implementation").GetString()!.Split('/', '(')[0];

    private static double Real(JsonElement p, string name) => p.GetProperty(name).Number();

    private static int Whole(JsonElement p, string name) => p.GetProperty(name).GetInt32();

    private static Direction Sides(JsonElement p) => p.GetProperty("two_sided_test").GetBoolean() ? Direction.Both : Direction.Up;

    private static (int Start, int End)[] Pairs(JsonElement pairs) => [.. pairs.EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))];

    private static List<(int Start, int End)> Runs(bool[] flags)
    {
        var runs = new List<(int, int)>();
        for (int start = 0; start < flags.Length; start++)
        {
            if (!flags[start]) { continue; }
            int end = start;
            while (end < flags.Length && flags[end]) { end++; }
            runs.Add((start, end));
            start = end;
        }
        return runs;
    }
}
