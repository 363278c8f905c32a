namespace Bellwether.Statistics.Estimation;

/// <summary>How a measure scatters on samples, learnt from a reference.</summary>
/// <param name="Deviation">Standard deviation of what one row that counts contributes; NaN when the reference cannot tell.</param>
/// <param name="Share">Share of rows that count, in (0, 1].</param>
public readonly record struct ReferenceSpread(double Deviation, double Share)
{
    /// <summary>Standard error of the measure on n ≥ 1 rows: deviation/√(n·share).</summary>
    public double ErrorOf(long rows) => Deviation / Math.Sqrt(rows * Share);
}
