namespace Bellwether.Statistics.Ordering;

/// <summary>Walks the distinct values of two sorted samples in order, with how often each sample holds the value and how many come before.</summary>
internal ref struct TiedMerge(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
{
    private readonly ReadOnlySpan<double> _first = first;
    private readonly ReadOnlySpan<double> _second = second;

    /// <summary>The present value.</summary>
    public double Value { get; private set; }

    /// <summary>Values of the first sample below the present one.</summary>
    public int FirstBelow { get; private set; }

    /// <summary>Values of the second sample below the present one.</summary>
    public int SecondBelow { get; private set; }

    /// <summary>Values of the first sample equal to the present one.</summary>
    public int FirstEqual { get; private set; }

    /// <summary>Values of the second sample equal to the present one.</summary>
    public int SecondEqual { get; private set; }

    /// <summary>Twice the midrank, from 1, that the present value has in the two samples together.</summary>
    public readonly long TwiceMidrank => (2L * (FirstBelow + (long)SecondBelow)) + FirstEqual + SecondEqual + 1;

    public bool MoveNext()
    {
        int i = FirstBelow + FirstEqual, j = SecondBelow + SecondEqual;
        FirstBelow = i;
        SecondBelow = j;
        if (i < _first.Length && (j == _second.Length || _first[i] <= _second[j])) { Value = _first[i]; }
        else if (j < _second.Length) { Value = _second[j]; }
        else { return false; }
        double value = Value;
        while (i < _first.Length && _first[i] == value) { i++; }
        while (j < _second.Length && _second[j] == value) { j++; }
        FirstEqual = i - FirstBelow;
        SecondEqual = j - SecondBelow;
        return true;
    }
}
