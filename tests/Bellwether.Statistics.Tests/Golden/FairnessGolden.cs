using Bellwether.Statistics.Fairness;

namespace Bellwether.Statistics.Tests.Golden;

internal sealed class FairnessGolden : IGoldenFamily
{
    public bool Reads(string file) => file.StartsWith("b_fairness", StringComparison.Ordinal);

    public void Answer(GoldenCase golden, GoldenComparison comparison)
    {
        var groups = GroupFairness.Of(
            golden.Inputs.GetProperty("y_pred").Flags(), golden.Inputs.GetProperty("y_true").Flags(), golden.Inputs.GetProperty("group").Flags());
        foreach (var output in golden.Outputs.EnumerateObject())
        {
            switch (output.Name)
            {
                case "selection_rate":
                    comparison.Numbers(output.Name, [groups.Unprivileged.SelectionRate(), groups.Privileged.SelectionRate()]);
                    break;
                case "tpr":
                    comparison.Numbers(output.Name, [groups.Unprivileged.Recall(), groups.Privileged.Recall()]);
                    break;
                case "fpr":
                    comparison.Numbers(output.Name, [groups.Unprivileged.FalsePositiveRate(), groups.Privileged.FalsePositiveRate()]);
                    break;
                default:
                    comparison.Number(output.Name, output.Name switch
                    {
                        "spd" => groups.ParityDifference(),
                        "di" => groups.DisparateImpact(),
                        "eod" => groups.EqualOpportunityDifference(),
                        "aod" => groups.AverageOddsDifference(),
                        "equalized_odds_difference" => groups.EqualizedOddsDifference(),
                        "predictive_parity_difference" => groups.PredictiveParityDifference(),
                        _ => throw new NotSupportedException(output.Name),
                    });
                    break;
            }
        }
    }
}
