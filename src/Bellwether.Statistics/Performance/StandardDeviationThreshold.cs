using System.Globalization;

namespace Bellwether.Statistics.Performance;

/// <summary>A threshold below and above the mean of a reference's scores, so many of their standard deviations away.</summary>
/// <remarks>
/// The custom of monitoring tools, kept to move rules over, not a test: chunks of one reference are few and their scores skewed, so "three
/// sigma" is crossed far more often than one in 370. For a stated rate of false alarms use the tolerance e-detector. The standard deviation
/// divides by n, as the scores are all there are. A threshold beyond a limit of the scores' range becomes that limit.
/// Source: W. A. Shewhart, "Economic Control of Quality of Manufactured Product", 1931 (the rule); NannyML 0.13 (limits and population deviation).
/// </remarks>
/// <param name="LowerMultiple">Standard deviations below the mean, at least 0; null for no lower threshold.</param>
/// <param name="UpperMultiple">Standard deviations above the mean, at least 0; null for no upper threshold.</param>
public sealed record StandardDeviationThreshold(double? LowerMultiple = 3, double? UpperMultiple = 3)
{
    /// <summary>The thresholds from the scores of the reference's chunks.</summary>
    /// <param name="scores">n ≥ 1 finite scores; of one score, or of equal ones, both thresholds are that score.</param>
    /// <param name="lowest">The least score possible, such as 0 of a distance; null for none.</param>
    /// <param name="highest">The greatest score possible, such as 1 of a share; null for none.</param>
    /// <returns>The lower and the upper threshold, each null where no multiple is set. O(n).</returns>
    /// <exception cref="ArgumentException">There are no scores, one is not finite, or a multiple is negative or not finite.</exception>
    public (double? Lower, double? Upper) Of(ReadOnlySpan<double> scores, double? lowest = null, double? highest = null)
    {
        RequireMultiple(LowerMultiple, nameof(LowerMultiple));
        RequireMultiple(UpperMultiple, nameof(UpperMultiple));
        var (mean, deviation) = Moments(scores);
        double? lower = mean - deviation * LowerMultiple, upper = mean + deviation * UpperMultiple;
        return (lower < lowest ? lowest : lower, upper > highest ? highest : upper);
    }

    /// <summary>Whether a score lies beyond a threshold; one on it does not, and NaN, which tells nothing, does not.</summary>
    public static bool IsBeyond(double score, double? lower, double? upper) => score < lower || score > upper;

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) { throw new ArgumentException("There are no scores.", nameof(scores)); }
        double sum = 0;
        foreach (double score in scores)
        {
            if (!double.IsFinite(score))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Score {score} is not finite."), nameof(scores));
            }
            sum += score;
        }
        double mean = sum / scores.Length, squares = 0;
        foreach (double score in scores) { squares += (score - mean) * (score - mean); }
        return (mean, Math.Sqrt(squares / scores.Length));
    }

    private static void RequireMultiple(double? multiple, string name)
    {
        if (multiple is { } given && !(given >= 0 && double.IsFinite(given)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} {given} is not a finite number of at least 0."), name);
        }
    }
}
