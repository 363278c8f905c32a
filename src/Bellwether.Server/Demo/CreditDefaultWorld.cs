using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bellwether.Contracts;
using Bellwether.Contracts.Log;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Statistics.Chance;

namespace Bellwether.Server.Demo;

/// <summary>Rows of one hour with what will turn out true of them.</summary>
public sealed record DemoHour(PredictionColumns Rows, double[] Outcomes, long[] KnownAt);

/// <summary>
/// A simulated credit-default service: pure in (seed, hour), so that history, live traffic and a later replay see the same rows.
/// </summary>
public sealed class CreditDefaultWorld(DemoOptions options)
{
    private const double Intercept = -1.7;
    private const double ModelNoise = .25;
    private const long Hour = 3_600_000_000;

    public static readonly ModelKey Model = ModelKey.Parse("credit-default");

    public static readonly ModelDefinition Definition = new(ModelTask.Binary)
    {
        Positive = 1,
        Threshold = .5,
        Window = "1h",
        AllowedLateness = "10m",
        FalseAlarmsPerYear = 1,
        Labels = new Dictionary<string, string> { ["team"] = "Risk" },
        Columns = DemoFeature.All.ToDictionary(f => f.Name, f => new ColumnDefinition(f.IsNumber ? FeatureType.Number : FeatureType.Text)),
    };

    public const string PlanText = """
        # The demo's plan: a floor under the realised AUC and an objective for the latency.
        operations: {latencyObjective: 300ms}
        thresholds:
          - {id: auc-floor, measure: auc, below: 0.72, for: 6, severity: critical}
        """;

    public DemoOptions Options { get; } = options;

    public DemoScenario Scenario { get; } = new(options);

    /// <summary>Names the reference: what it was generated from.</summary>
    public string ReferenceDigest => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"demo {Options.Seed} {Options.Start:O}"))));

    /// <summary>Rows of [from, to), an hour a batch; the first and last may be parts of an hour.</summary>
    public IEnumerable<DemoHour> Between(DateTimeOffset from, DateTimeOffset to)
    {
        for (var hour = DemoOptions.HourOf(from); hour < to; hour = hour.AddHours(1))
        {
            var whole = OfHour(hour);
            int first = Array.FindIndex(whole.Rows.Timestamps, t => t >= from.ToMicroseconds());
            int last = Array.FindLastIndex(whole.Rows.Timestamps, t => t < to.ToMicroseconds());
            if (first < 0 || last < first) { continue; }
            yield return first == 0 && last == whole.Rows.Count - 1 ? whole : Slice(whole, first, last - first + 1);
        }
    }

    /// <summary>The first four weeks, with their outcomes: what the model was accepted on.</summary>
    public LabelledColumns Reference()
    {
        var hours = Between(Options.Start, Options.ReferenceEnd).ToList();
        var rows = RowConcatenation.Of([.. hours.Select(h => h.Rows)]);
        return new LabelledColumns(rows, true, [.. hours.SelectMany(h => h.Outcomes)], new string?[rows.Count], []);
    }

    /// <summary>All rows of one hour.</summary>
    public DemoHour OfHour(DateTimeOffset hour)
    {
        var random = new SplitMix64(SplitMix64.SeedFrom(Options.Seed, (ulong)hour.ToUnixTimeSeconds()));
        bool weekend = hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        double daily = Math.Sin(2 * Math.PI * (hour.Hour - 7) / 24.0);
        int count = (int)Math.Round(210 * (1 + .45 * daily) * (weekend ? .75 : 1) * (.95 + .1 * random.NextDouble()));
        var draft = new Draft(count);
        var latent = Latent(hour, daily, weekend);
        string prefix = "cd-" + (hour.ToUnixTimeSeconds() / 3600).ToString(CultureInfo.InvariantCulture) + "-";
        for (int i = 0; i < count; i++)
        {
            draft.Ids[i] = prefix + i.ToString(CultureInfo.InvariantCulture);
            draft.Timestamps[i] = hour.ToMicroseconds() + (long)((i + random.NextDouble()) * Hour / count);
            draft.Versions[i] = "4.2";
            FillRow(draft, i, hour, latent, random);
        }
        return draft.ToHour();
    }

    private ImmutableArray<(double Level, double TrueWeight)> Latent(DateTimeOffset hour, double daily, bool weekend) =>
        [.. DemoFeature.All.Select(f => (
            f.Daily * daily + (weekend ? f.Weekend : 0) + Scenario.ShiftOf(f.Name, hour),
            Scenario.TrueWeight(f, hour)))];

    private void FillRow(Draft draft, int row, DateTimeOffset hour, ImmutableArray<(double Level, double TrueWeight)> latent, SplitMix64 random)
    {
        double modelOdds = Intercept, trueOdds = Intercept;
        for (int f = 0; f < DemoFeature.All.Length; f++)
        {
            var feature = DemoFeature.All[f];
            double z = latent[f].Level + random.NextNormal();
            modelOdds += feature.Weight * z;
            trueOdds += latent[f].TrueWeight * z;
            bool missing = random.NextDouble() < NullShare(feature.Name, hour);
            draft.Set(f, row, feature, feature.Name == "hour_of_day" ? hour.Hour : null, z, missing);
        }
        double score = 1 / (1 + Math.Exp(-(modelOdds + ModelNoise * random.NextNormal())));
        draft.Scores[row] = Math.Round(score, 6);
        draft.Predictions[row] = score >= Definition.Threshold ? 1 : 0;
        draft.Outcomes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-trueOdds)) ? 1 : 0;
        double slow = Scenario.HasDrift && hour >= Scenario.SlowFrom ? DemoScenario.SlowShareAfter : DemoScenario.SlowShareBefore;
        draft.Latencies[row] = Math.Round(random.NextDouble() < slow ? .3 + .4 * random.NextDouble() + 1e-3 : .04 + .2 * random.NextDouble(), 6);
        draft.KnownAt[row] = draft.Timestamps[row] + 48 * Hour + (long)(random.NextDouble() * Hour);
    }

    private double NullShare(string feature, DateTimeOffset hour) =>
        Scenario.HasDrift && feature == Scenario.Broken && hour >= Scenario.BrokenFrom ? Scenario.BrokenShare : .004;

    private static DemoHour Slice(DemoHour hour, int first, int count)
    {
        int[] order = [.. Enumerable.Range(first, count)];
        return new DemoHour(RowOrder.Permute(hour.Rows, order), hour.Outcomes[first..(first + count)], hour.KnownAt[first..(first + count)]);
    }

    /// <summary>The columns of an hour while they fill.</summary>
    private sealed class Draft(int count)
    {
        private readonly double[][] _numbers = [.. DemoFeature.All.Select(f => f.IsNumber ? new double[count] : [])];
        private readonly string?[][] _texts = [.. DemoFeature.All.Select(f => f.IsNumber ? [] : new string?[count])];
        private readonly byte[][] _states = [.. DemoFeature.All.Select(_ => new byte[count])];

        public string[] Ids { get; } = new string[count];

        public long[] Timestamps { get; } = new long[count];

        public string?[] Versions { get; } = new string?[count];

        public double[] Predictions { get; } = new double[count];

        public double[] Scores { get; } = new double[count];

        public double[] Latencies { get; } = new double[count];

        public double[] Outcomes { get; } = new double[count];

        public long[] KnownAt { get; } = new long[count];

        public void Set(int feature, int row, DemoFeature kind, int? hour, double z, bool missing)
        {
            _states[feature][row] = (byte)(missing ? ValueState.Null : ValueState.Value);
            if (kind.IsNumber) { _numbers[feature][row] = missing ? double.NaN : hour ?? kind.Show(z); }
            else if (!missing) { _texts[feature][row] = kind.Category(z); }
        }

        public DemoHour ToHour() => new(
            new PredictionColumns
            {
                Count = count,
                Ids = Ids,
                Timestamps = Timestamps,
                Versions = Versions,
                Predictions = Predictions,
                PredictionTexts = new string?[count],
                Scores = Scores,
                Latencies = Latencies,
                Errors = new string?[count],
                Features = [.. DemoFeature.All.Select((f, i) => new FeatureColumn
                {
                    Name = f.Name, Type = f.IsNumber ? FeatureType.Number : FeatureType.Text, Numbers = _numbers[i], Texts = _texts[i], States = _states[i],
                })],
            },
            Outcomes, KnownAt);
    }
}
