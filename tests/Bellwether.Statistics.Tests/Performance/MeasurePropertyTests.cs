using Bellwether.Statistics.Performance;
using CsCheck;

namespace Bellwether.Statistics.Tests.Performance;

public sealed class MeasurePropertyTests
{
    private static readonly Gen<(double Score, bool Actual, double Weight)[]> RowsOf =
        Gen.Select(Gen.Int[0, 12].Select(i => i / 12.0), Gen.Bool, Gen.Double[.1, 5]).Array[2, 80];

    [Fact] // property
    public void Turning_scores_around_turns_the_area_around() => RowsOf.Sample(rows =>
    {
        var (scores, actual, weights) = Split(rows);
        double area = ScoreMeasures.RocAuc(scores, actual, weights), turned = ScoreMeasures.RocAuc([.. scores.Select(score => -score)], actual, weights);
        return double.IsNaN(area) ? double.IsNaN(turned) : Math.Abs(area + turned - 1) < 1e-12;
    });

    [Fact] // property
    public void A_rising_map_of_scores_changes_no_measure_of_their_order() => RowsOf.Sample(rows =>
    {
        var (scores, actual, weights) = Split(rows);
        double[] mapped = [.. scores.Select(score => Math.Exp(3 * score))];
        return ScoreMeasures.RocAuc(scores, actual, weights).Equals(ScoreMeasures.RocAuc(mapped, actual, weights))
            && ScoreMeasures.AveragePrecision(scores, actual, weights).Equals(ScoreMeasures.AveragePrecision(mapped, actual, weights))
            && ScoreMeasures.KolmogorovSmirnov(scores, actual, weights).Equals(ScoreMeasures.KolmogorovSmirnov(mapped, actual, weights));
    });

    [Fact] // property
    public void The_area_is_that_under_the_curve() => RowsOf.Sample(rows =>
    {
        var (scores, actual, weights) = Split(rows);
        var curve = RocCurve.Of(scores, actual, weights);
        double area = 0;
        for (int i = 1; i < curve.Thresholds.Count; i++)
        {
            area += (curve.FalsePositiveRates[i] - curve.FalsePositiveRates[i - 1]) * (curve.TruePositiveRates[i] + curve.TruePositiveRates[i - 1]) / 2;
        }
        double expected = ScoreMeasures.RocAuc(scores, actual, weights);
        return double.IsNaN(expected) ? double.IsNaN(area) : Math.Abs(area - expected) < 1e-12;
    });

    [Fact] // property
    public void Tables_add_up() => Gen.Select(RowsOf, RowsOf).Sample((left, right) =>
    {
        var sum = Table(left) + Table(right);
        var together = Table([.. left, .. right]);
        var (a, b) = (BinaryPerformance.F(sum), BinaryPerformance.F(together));
        return a.State == b.State && (a.State != MeasureState.Ok || (Math.Abs(a.Value - b.Value) < 1e-12 && Math.Abs(a.Low - b.Low) < 1e-9));
    });

    [Fact] // property
    public void The_influence_on_average_precision_is_its_derivative() => RowsOf.Sample(rows =>
    {
        var (scores, actual, weights) = Split(rows);
        if (!actual.Contains(true)) { return true; }
        double[] influence = new double[scores.Length];
        ScoreMeasures.AveragePrecision(ScoredRows.Of(scores, actual, weights), influence);
        const double Step = 1e-6;
        double Shifted(double by) => ScoreMeasures.AveragePrecision(scores, actual, [weights[0] + by, .. weights.Skip(1)]);
        double slope = (Shifted(Step) - Shifted(-Step)) / (2 * Step) * weights.Sum();
        return Math.Abs(slope - influence[0]) < 1e-5 * (1 + Math.Abs(slope));
    });

    [Fact]
    public void Lift_of_everything_is_one_and_of_the_best_the_reciprocal_of_the_base_rate()
    {
        double[] scores = [.. Enumerable.Range(0, 100)];
        bool[] actual = [.. scores.Select(score => score >= 90)];
        Assert.Equal(1, ScoreMeasures.Lift(scores, actual, 1));
        Assert.Equal(10, ScoreMeasures.Lift(scores, actual, .1), 1e-12);
        Assert.Equal(.5, ScoreMeasures.Gain(new double[100], actual, .5), 1e-12); // All tie: half of them hold half the positives.
    }

    [Fact]
    public void Value_of_a_table_in_one_cell_still_has_an_interval()
    {
        var value = BinaryPerformance.BusinessValue(new ConfusionTable(0, 0, 0, 1000), new CostMatrix(10, -1, -100, 0));
        Assert.Equal(0, value.Value);
        Assert.Equal(-.3826758, value.Low, 1e-6);
        Assert.Equal(.03826758, value.High, 1e-7);
    }

    private static (double[] Scores, bool[] Actual, double[] Weights) Split((double Score, bool Actual, double Weight)[] rows) =>
        ([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Actual)], [.. rows.Select(row => row.Weight)]);

    private static ConfusionTable Table((double Score, bool Actual, double Weight)[] rows)
    {
        var (scores, actual, weights) = Split(rows);
        return ConfusionTable.Of([.. scores.Select(score => score > .5)], actual, weights);
    }
}
