using System.Runtime.CompilerServices;

namespace Bellwether.Statistics.Sketches;

/// <summary>One level of a quantile sketch: ascending values.</summary>
internal sealed class KllLevel
{
    private double[] _values = new double[16];

    public int Count { get; private set; }

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public bool IsAscending
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (!(i == 0 ? _values[0] <= double.PositiveInfinity : _values[i - 1] <= _values[i])) { return false; }
            }
            return true;
        }
    }

    /// <summary>Merges every step-th of ascending values, from an offset on.</summary>
    public void Insert(ReadOnlySpan<double> ascending, int offset, int step)
    {
        int more = (ascending.Length - offset + step - 1) / step;
        if (Count + more > _values.Length) { Array.Resize(ref _values, Math.Max(2 * _values.Length, Count + more)); }
        // From the back, into the room behind; taking the larger without a branch, which would be guessed wrong every other time.
        int own = Count - 1, next = offset + (more - 1) * step, to = Count + more - 1;
        double[] values = _values;
        while (own >= 0 && next >= offset)
        {
            double a = values[own], b = ascending[next];
            bool isOwn = a > b;
            values[to--] = double.MaxNative(a, b);
            int taken = Unsafe.BitCast<bool, byte>(isOwn);
            own -= taken;
            next -= step & (taken - 1);
        }
        for (; next >= offset; next -= step) { values[to--] = ascending[next]; }
        Count += more;
    }

    /// <summary>Drops the values before a position.</summary>
    public void KeepFrom(int position)
    {
        _values.AsSpan(position, Count - position).CopyTo(_values);
        Count -= position;
    }
}
