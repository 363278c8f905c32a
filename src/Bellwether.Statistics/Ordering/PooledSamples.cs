using System.Buffers;
using System.Globalization;

namespace Bellwether.Statistics.Ordering;

/// <summary>Walks the distinct values of k sorted samples in order, with how often each sample holds the value and how many come before.</summary>
internal sealed class PooledSamples : IDisposable
{
    private readonly double[] _pooled;
    private readonly double[][] _samples;
    private readonly int[] _sizes;
    private int _at;

    /// <exception cref="ArgumentException">There are fewer than two samples, or one is empty or holds NaN or an infinity.</exception>
    public PooledSamples(IReadOnlyList<ReadOnlyMemory<double>> samples)
    {
        if (samples.Count < 2)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected at least 2 samples, got {samples.Count}."), nameof(samples));
        }
        foreach (var sample in samples) { Sample.RequireFinite(sample.Span, nameof(samples)); }
        _sizes = [.. samples.Select(sample => sample.Length)];
        Count = checked(_sizes.Sum());
        Below = new int[_sizes.Length];
        Equal = new int[_sizes.Length];
        _samples = new double[_sizes.Length][];
        _pooled = ArrayPool<double>.Shared.Rent(Count);
        int at = 0;
        for (int i = 0; i < _samples.Length; i++)
        {
            _samples[i] = ArrayPool<double>.Shared.Rent(_sizes[i]);
            samples[i].Span.CopyTo(_samples[i]);
            RadixSort.Sort(_samples[i].AsSpan(0, _sizes[i]));
            samples[i].Span.CopyTo(_pooled.AsSpan(at));
            at += _sizes[i];
        }
        RadixSort.Sort(_pooled.AsSpan(0, Count));
    }

    /// <summary>Values of all samples.</summary>
    public int Count { get; }

    public ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>For each sample, values below the present one.</summary>
    public int[] Below { get; }

    /// <summary>For each sample, values equal to the present one.</summary>
    public int[] Equal { get; }

    /// <summary>Values of all samples below the present one.</summary>
    public int AllBelow { get; private set; }

    /// <summary>Values of all samples equal to the present one.</summary>
    public int AllEqual { get; private set; }

    public bool AllSame => _pooled[0] == _pooled[Count - 1];

    public bool MoveNext()
    {
        AllBelow = _at;
        if (_at == Count) { return false; }
        double value = _pooled[_at];
        while (_at < Count && _pooled[_at] == value) { _at++; }
        AllEqual = _at - AllBelow;
        for (int i = 0; i < _samples.Length; i++)
        {
            int below = Below[i] + Equal[i], upTo = below;
            double[] sample = _samples[i];
            while (upTo < _sizes[i] && sample[upTo] == value) { upTo++; }
            Below[i] = below;
            Equal[i] = upTo - below;
        }
        return true;
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_pooled);
        foreach (double[] sample in _samples) { ArrayPool<double>.Shared.Return(sample); }
    }
}
