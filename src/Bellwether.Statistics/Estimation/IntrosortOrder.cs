using System.Numerics;

namespace Bellwether.Statistics.Estimation;

/// <summary>The ascending order of values by a fixed introsort, equal values included: that of NumPy 1.24's argsort.</summary>
/// <remarks>
/// Which of two equal scores stands first changes some estimates in their fourth digit. Any fixed rule would do; this one gives the digits of the
/// tools that users come from. Partitions that go too deep are sorted by place among equals. Source: D. R. Musser, Softw. Pract. Exp. 27(8), 1997.
/// </remarks>
internal static class IntrosortOrder
{
    private const int Small = 15;

    /// <param name="values">n numbers, none NaN.</param>
    /// <returns>The places of the values, that of the least first.</returns>
    public static int[] Of(ReadOnlySpan<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        if (values.Length < 2) { return order; }
        var stack = new Stack<(int Left, int Right, int Depth)>();
        stack.Push((0, values.Length - 1, 2 * BitOperations.Log2((uint)values.Length)));
        while (stack.TryPop(out var part))
        {
            var (left, right, depth) = part;
            while (right - left > Small && part.Depth >= 0)
            {
                int split = Partition(values, order, left, right);
                depth--;
                if (split - left < right - split)
                {
                    stack.Push((split + 1, right, depth));
                    right = split - 1;
                }
                else
                {
                    stack.Push((left, split - 1, depth));
                    left = split + 1;
                }
            }
            if (right - left > Small) { SortByPlace(values, order.AsSpan(left, right - left + 1)); } else { Insert(values, order, left, right); }
        }
        return order;
    }

    private static int Partition(ReadOnlySpan<double> values, int[] order, int left, int right)
    {
        int middle = left + ((right - left) >> 1);
        SwapIfLess(values, order, middle, left);
        SwapIfLess(values, order, right, middle);
        SwapIfLess(values, order, middle, left);
        double pivot = values[order[middle]];
        int i = left, j = right - 1;
        (order[middle], order[j]) = (order[j], order[middle]);
        while (true)
        {
            do { i++; } while (values[order[i]] < pivot);
            do { j--; } while (pivot < values[order[j]]);
            if (i >= j) { break; }
            (order[i], order[j]) = (order[j], order[i]);
        }
        (order[i], order[right - 1]) = (order[right - 1], order[i]);
        return i;
    }

    private static void SwapIfLess(ReadOnlySpan<double> values, int[] order, int first, int second)
    {
        if (values[order[first]] < values[order[second]]) { (order[first], order[second]) = (order[second], order[first]); }
    }

    private static void Insert(ReadOnlySpan<double> values, int[] order, int left, int right)
    {
        for (int i = left + 1; i <= right; i++)
        {
            int moved = order[i], j = i;
            for (; j > left && values[moved] < values[order[j - 1]]; j--) { order[j] = order[j - 1]; }
            order[j] = moved;
        }
    }

    private static void SortByPlace(ReadOnlySpan<double> values, Span<int> order)
    {
        double[] keys = new double[order.Length];
        order.Sort();
        for (int i = 0; i < keys.Length; i++) { keys[i] = values[order[i]]; }
        int[] places = [.. Enumerable.Range(0, keys.Length).OrderBy(at => keys[at])], sorted = new int[keys.Length];
        for (int i = 0; i < sorted.Length; i++) { sorted[i] = order[places[i]]; }
        sorted.CopyTo(order);
    }
}
