namespace Bellwether.Statistics.MultipleTesting;

/// <summary>p-values in ascending order, and the way back to the order they came in.</summary>
internal readonly struct SortedPValues
{
    private readonly int[] _order;

    public SortedPValues(ReadOnlySpan<double> pValues)
    {
        Require(pValues);
        Values = pValues.ToArray();
        _order = new int[pValues.Length];
        for (int i = 0; i < _order.Length; i++) { _order[i] = i; }
        Array.Sort(Values, _order);
    }

    /// <summary>Ascending.</summary>
    public double[] Values { get; }

    public int Count => Values.Length;

    /// <summary>Puts answers for the sorted values where their p-values came from.</summary>
    public T[] Back<T>(ReadOnlySpan<T> sorted)
    {
        var answers = new T[sorted.Length];
        for (int i = 0; i < sorted.Length; i++) { answers[_order[i]] = sorted[i]; }
        return answers;
    }

    /// <summary>Rejects the smallest so many.</summary>
    public bool[] RejectSmallest(int count)
    {
        bool[] rejected = new bool[Count];
        for (int i = 0; i < count; i++) { rejected[_order[i]] = true; }
        return rejected;
    }

    public static void Require(ReadOnlySpan<double> pValues)
    {
        for (int i = 0; i < pValues.Length; i++)
        {
            if (pValues[i] is not (>= 0 and <= 1)) { throw new ArgumentException($"p-value {pValues[i]} at {i} is not in [0, 1].", nameof(pValues)); }
        }
    }

    public static void RequireLevel(double alpha)
    {
        if (alpha is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a level in (0, 1)."); }
    }
}
