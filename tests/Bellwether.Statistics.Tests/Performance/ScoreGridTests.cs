using Bellwether.Statistics.Performance;
using CsCheck;

namespace Bellwether.Statistics.Tests.Performance;

public sealed class ScoreGridTests
{
    private static readonly Gen<(double Score, bool Actual)[]> RowsOf = Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[40, 200];

    [Fact] // property: any rows in any even bins
    public void The_area_of_the_rows_is_within_the_stated_error() => Gen.Select(RowsOf, Gen.Int[1, 20]).Sample((rows, bins) =>
    {
        var (scores, actual, grid) = Of(rows, bins);
        double exact = ScoreMeasures.RocAuc(scores, actual);
        var estimate = grid.RocAuc(out double error);
        return double.IsNaN(exact) ? estimate.State == MeasureState.OneClass : Math.Abs(estimate.Value - exact) <= error + 1e-12 && estimate.Low <= exact && exact <= estimate.High;
    });

    [Fact] // property
    public void The_calibration_error_of_the_rows_is_within_the_stated_error() => Gen.Select(RowsOf, Gen.Int[1, 20]).Sample((rows, bins) =>
    {
        var (scores, actual, grid) = Of(rows, bins);
        double exact = ReliabilityCurve.EqualWidth(scores, actual, bins).ExpectedError;
        return Math.Abs(grid.CalibrationError(out double error).Value - exact) <= error + 1e-12;
    });

    [Fact] // property
    public void The_grid_of_two_parts_is_the_sum_of_theirs() => Gen.Select(RowsOf, RowsOf).Sample((left, right) =>
    {
        var together = Of([.. left, .. right], 7).Grid.RocAuc(out double error);
        return together.Equals(Of(left, 7).Grid.Add(Of(right, 7).Grid).RocAuc(out double other)) && error.Equals(other);
    });

    private static (double[] Scores, bool[] Actual, ScoreGrid Grid) Of((double Score, bool Actual)[] rows, int bins)
    {
        long[] positives = new long[bins], negatives = new long[bins];
        foreach (var (score, actual) in rows) { (actual ? positives : negatives)[Math.Min((int)(score * bins), bins - 1)]++; }
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => (double)i / bins)];
        return ([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Actual)], new ScoreGrid(edges, positives, negatives));
    }
}
