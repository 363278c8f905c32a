namespace Bellwether.Statistics.Sketches;

/// <summary>The values of a quantile sketch in ascending order, each with the weight of all up to it.</summary>
internal sealed class KllView(int held)
{
    private readonly double[] _values = new double[held];
    private readonly long[] _weights = new long[held];
    private int _count;

    public void Add(ReadOnlySpan<double> values, long weight)
    {
        values.CopyTo(_values.AsSpan(_count));
        _weights.AsSpan(_count, values.Length).Fill(weight);
        _count += values.Length;
    }

    public KllView Sorted()
    {
        Array.Sort(_values, _weights);
        for (int i = 1; i < _weights.Length; i++) { _weights[i] += _weights[i - 1]; }
        return this;
    }

    /// <summary>The value at a position counted from 1.</summary>
    public double AtPosition(long position)
    {
        int at = Array.BinarySearch(_weights, Math.Max(1, position));
        return _values[Math.Min(at >= 0 ? at : ~at, _values.Length - 1)];
    }

    /// <summary>Weight of the values that are at most so large.</summary>
    public long UpTo(double value)
    {
        int low = 0, high = _values.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_values[middle] <= value) { low = middle + 1; } else { high = middle; }
        }
        return low == 0 ? 0 : _weights[low - 1];
    }
}
