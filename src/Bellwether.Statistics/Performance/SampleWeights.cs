namespace Bellwether.Statistics.Performance;

/// <summary>Weights of rows, checked; without any every row counts once.</summary>
internal readonly ref struct SampleWeights
{
    private readonly ReadOnlySpan<double> _weights;

    private SampleWeights(ReadOnlySpan<double> weights, double sum, double squares)
    {
        _weights = weights;
        Sum = sum;
        Squares = squares;
    }

    public double Sum { get; }

    public double Squares { get; }

    /// <summary>Kish's number of rows that would say as much unweighted: (Σw)²/Σw².</summary>
    public double EffectiveRows => Squares > 0 ? Sum * Sum / Squares : 0;

    public bool AreEqual => _weights.IsEmpty;

    public double this[int row] => _weights.IsEmpty ? 1 : _weights[row];

    /// <exception cref="ArgumentException">Weights are given but are not one a row, finite, ≥ 0 and not all 0.</exception>
    public static SampleWeights Of(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty) { return new SampleWeights(weights, rows, rows); }
        if (weights.Length != rows) { throw new ArgumentException($"Expected {rows} weights, got {weights.Length}.", nameof(weights)); }
        double sum = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !double.IsFinite(weights[i]))
            {
                throw new ArgumentException($"Weight {weights[i]} at {i} is not a finite number ≥ 0.", nameof(weights));
            }
            sum += weights[i];
            squares += weights[i] * weights[i];
        }
        if (sum == 0) { throw new ArgumentException("All weights are 0.", nameof(weights)); }
        return new SampleWeights(weights, sum, squares);
    }
}
