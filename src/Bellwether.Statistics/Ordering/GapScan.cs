namespace Bellwether.Statistics.Ordering;

/// <summary>Keeps the largest differences of two distribution functions while their values pass in order.</summary>
internal struct GapScan(int referenceCount, int currentCount)
{
    private Peak _above = Peak.None;
    private Peak _below = Peak.None;

    /// <summary>Passes sorted values; all that lie below them are counted by <paramref name="referenceBelow"/> and <paramref name="currentBelow"/>.</summary>
    public void Pass(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int referenceBelow, int currentBelow)
    {
        int i = 0, j = 0;
        while (i < reference.Length || j < current.Length)
        {
            double value = j == current.Length || (i < reference.Length && reference[i] <= current[j]) ? reference[i] : current[j];
            int before = i;
            while (i < reference.Length && reference[i] == value) { i++; }
            while (j < current.Length && current[j] == value) { j++; }
            long gap = ((long)(referenceBelow + i) * currentCount) - ((long)(currentBelow + j) * referenceCount);
            if (gap >= _above.Gap || -gap >= _below.Gap) { Note(gap, value, referenceBelow + i, currentBelow + j, i > before); }
        }
    }

    public readonly DistributionGap Result() =>
        new(_above.Gap, _above.Rounded, _above.At, _below.Gap, _below.Rounded, _below.At);

    private void Note(long gap, double value, int referenceUpTo, int currentUpTo, bool inReference)
    {
        double rounded = ((double)referenceUpTo / referenceCount) - ((double)currentUpTo / currentCount);
        _above = _above.With(gap, rounded, value, inReference);
        _below = _below.With(-gap, -rounded, value, inReference);
    }

    private readonly record struct Peak(long Gap, double Rounded, double At, bool InReference)
    {
        public static readonly Peak None = new(long.MinValue, double.NegativeInfinity, double.NaN, false);

        public Peak With(long gap, double rounded, double at, bool inReference)
        {
            bool better = gap > Gap || (gap == Gap && (rounded > Rounded || (rounded == Rounded && inReference && !InReference)));
            return better ? new Peak(gap, rounded, at, inReference) : this;
        }
    }
}
