using System.Globalization;
using Bellwether.Statistics.Ranking;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class RankingGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("b_ranking", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        double[][] scores = [.. golden.Inputs.GetProperty("scores").EnumerateArray().Select(row => row.Numbers())];
        double[][] relevances = [.. golden.Inputs.GetProperty("relevance").EnumerateArray().Select(row => row.Numbers())];
        int[] lengths = [.. scores.Select(row => row.Length)];
        double[] allScores = [.. scores.SelectMany(row => row)], allRelevances = [.. relevances.SelectMany(row => row)];
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            comparison.Measure(output.Name, output.Value, golden.Tolerance, () => Mean(Values(output.Name, new RankedLists(allScores, allRelevances, lengths))));
        }
    }

    private static double[] Values(string name, RankedLists lists)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal), end = name.IndexOf('_', at);
        int cut = int.Parse(end < 0 ? name[(at + 1)..] : name[(at + 1)..end], CultureInfo.InvariantCulture);
        var empty = name.EndsWith("_skip_empty", StringComparison.Ordinal) ? EmptyQueries.LeaveOut : EmptyQueries.CountAsZero;
        return name[..at] switch
        {
            "ndcg" => RankingMeasures.Ndcg(lists, cut, new NdcgOptions(), empty),
            "ndcg_exp" => RankingMeasures.Ndcg(lists, cut, new NdcgOptions(RelevanceGain.Exponential, RankingTies.InOrder), empty),
            "map" => RankingMeasures.AveragePrecision(lists, cut, empty),
            "mrr" => RankingMeasures.ReciprocalRank(lists, cut, empty),
            "hit_rate" => RankingMeasures.Hit(lists, cut, empty),
            "precision" => RankingMeasures.Precision(lists, cut, empty),
            "recall" => RankingMeasures.Recall(lists, cut, empty),
            _ => throw new NotSupportedException(name),
        };
    }

    private static double Mean(double[] values) => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
