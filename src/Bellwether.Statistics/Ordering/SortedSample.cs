using System.Buffers;
using System.Runtime.CompilerServices;

namespace Bellwether.Statistics.Ordering;

/// <summary>A sorted copy of a sample in pooled memory; the sample itself stays as it is.</summary>
internal readonly struct SortedSample : IDisposable
{
    private readonly double[] _rented;
    private readonly int _length;

    private SortedSample(double[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    public ReadOnlySpan<double> Values => _rented.AsSpan(0, _length);

    /// <exception cref="ArgumentException">The sample is empty or holds NaN or an infinity; the message names it and its place.</exception>
    public static SortedSample Of(ReadOnlySpan<double> sample, [CallerArgumentExpression(nameof(sample))] string name = "")
    {
        Sample.RequireFinite(sample, name);
        double[] rented = ArrayPool<double>.Shared.Rent(sample.Length);
        sample.CopyTo(rented);
        RadixSort.Sort(rented.AsSpan(0, sample.Length));
        return new SortedSample(rented, sample.Length);
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_rented);
}
