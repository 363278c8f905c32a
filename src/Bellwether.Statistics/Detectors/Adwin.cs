using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Detectors;

/// <summary>Options of <see cref="Adwin"/>.</summary>
/// <param name="Confidence">Chance δ of a false alarm at one check, in (0, 1).</param>
/// <param name="Clock">Values from one check to the next; at least 1. Detections fall on these checks.</param>
/// <param name="MaxBuckets">Buckets of one size before two merge; at least 2. More give finer cuts and cost more.</param>
/// <param name="MinWindow">Fewest values on either side of a cut; at least 1.</param>
/// <param name="GracePeriod">No check until the window is longer than this; at least 1.</param>
/// <param name="Compatibility"><see cref="Compatibility.Paper"/> or <see cref="Compatibility.River"/>.</param>
public sealed record AdwinOptions(
    double Confidence = 0.002, int Clock = 32, int MaxBuckets = 5, int MinWindow = 5, int GracePeriod = 10,
    Compatibility Compatibility = Compatibility.Paper);

/// <summary>
/// Adaptive windowing: the longest recent window whose older and newer parts have no significantly different means. O(1) a value, amortised, and
/// O(log window) a check; memory O(log window).
/// </summary>
/// <remarks>
/// Takes any finite values; reports rises
/// and falls. The bound is the paper's approximate one, √((2/m) σ² ln(2/δ')) + (2/(3m)) ln(2/δ') with δ' = δ/ln W and 1/m = 1/n₀ + 1/n₁, which
/// is not rigorous but close: stationary streams raise about one false alarm in a million values.
/// After a drift the old part is dropped, bucket by bucket, and the newer part stays: a slow change is reported again at later checks as more old
/// values go. River differs: it throws the whole window away, does not try the cut after the newest bucket of each size, and puts
/// n − MinWindow + 1 for n, which makes cuts near the ends harder. scikit-multiflow in addition loses variance at merges.
/// Source: A. Bifet, R. Gavaldà, "Learning from time-changing data with adaptive windowing", SIAM SDM 2007; variance of buckets after B. Babcock
/// et al., PODS 2003.
/// </remarks>
public sealed class Adwin : StreamDetector
{
    private const int FirstRows = 32;
    private readonly bool _river;
    private readonly int _maxBuckets, _stride;
    private double _width, _total, _variance;
    private int _untilCheck, _rows;

    // Row r holds buckets of 2^r values, oldest first.
    private int[] _counts = new int[FirstRows];
    private double[] _totals, _variances;

    /// <summary>A detector that has seen nothing.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Adwin(AdwinOptions? options = null)
        : base(ValueRange.Finite)
    {
        Options = options ?? new AdwinOptions();
        OptionCheck.Probability(Options.Confidence);
        OptionCheck.AtLeast(Options.Clock, 1);
        OptionCheck.AtLeast(Options.MaxBuckets, 2);
        OptionCheck.AtLeast(Options.MinWindow, 1);
        OptionCheck.AtLeast(Options.GracePeriod, 1);
        OptionCheck.OneOf(Options.Compatibility, [Compatibility.Paper, Compatibility.River]);
        _river = Options.Compatibility == Compatibility.River;
        _maxBuckets = Options.MaxBuckets;
        _stride = _maxBuckets + 1;
        _totals = new double[FirstRows * _stride];
        _variances = new double[FirstRows * _stride];
        Clear();
    }

    /// <summary>The options in force.</summary>
    public AdwinOptions Options { get; }

    /// <summary>Values in the window.</summary>
    public long Width => (long)_width;

    /// <summary>Mean of the window; NaN while it is empty.</summary>
    public double Mean => _width > 0 ? _total / _width : double.NaN;

    /// <summary>Population variance of the window; NaN while it is empty.</summary>
    public double Variance => _width > 0 ? _variance / _width : double.NaN;

    /// <summary>Sum of the window, and sum of squared deviations from its mean.</summary>
    internal (double Total, double Squares) Sums => (_total, _variance);

    private protected override string Name => "adwin";

    private protected override DetectorState Take(double value)
    {
        if (_river) { RestartAfterDrift(); }
        Insert(value);
        bool changed = false;
        if (--_untilCheck == 0)
        {
            _untilCheck = Options.Clock;
            if (_width > Options.GracePeriod)
            {
                while (IsCut())
                {
                    changed = true;
                    DropOldest();
                }
            }
        }
        return changed ? DetectorState.Drift : _width > Options.GracePeriod ? DetectorState.Stable : DetectorState.WarmingUp;
    }

    private void Insert(double value)
    {
        _width++;
        if (_width > 1)
        {
            double deviation = value - _total / (_width - 1);
            _variance += (_width - 1) * deviation * deviation / _width;
        }
        _total += value;
        int at = _counts[0]++;
        _totals[at] = value;
        _variances[at] = 0;
        if (at == _maxBuckets) { Merge(); }
    }

    /// <summary>Merges the two oldest buckets of each overfull row into one of the next.</summary>
    private void Merge()
    {
        double size = 1;
        for (int row = 0; _counts[row] > _maxBuckets; row++, size *= 2)
        {
            if (row + 1 == _rows) { AddRow(); }
            int at = row * _stride, into = at + _stride + _counts[row + 1]++;
            double first = _totals[at], second = _totals[at + 1];
            // Sizes are powers of two, so that dividing by them does not round.
            double difference = first / size - second / size;
            _totals[into] = first + second;
            _variances[into] = _variances[at] + _variances[at + 1] + difference * difference * (size / 2);
            Shift(row, 2);
        }
    }

    private void AddRow()
    {
        _rows++;
        if (_rows < _counts.Length) { return; }
        Array.Resize(ref _counts, _counts.Length * 2);
        Array.Resize(ref _totals, _totals.Length * 2);
        Array.Resize(ref _variances, _variances.Length * 2);
    }

    private void Shift(int row, int by)
    {
        int from = row * _stride, left = _counts[row] -= by;
        for (int i = from; i < from + left; i++)
        {
            _totals[i] = _totals[i + by];
            _variances[i] = _variances[i + by];
        }
    }

    private void DropOldest()
    {
        int row = _rows - 1, at = row * _stride;
        double n = Math.ScaleB(1, row), total = _totals[at], mean = total / n;
        _width -= n;
        _total -= total;
        double rest = _total / _width;
        _variance -= _variances[at] + n * _width * (mean - rest) * (mean - rest) / (n + _width);
        Shift(row, 1);
        if (_counts[row] == 0) { _rows--; }
    }

    /// <summary>Whether some cut separates significantly different means.</summary>
    private bool IsCut()
    {
        double variance = _variance / _width, log = Math.Log(2 * Math.Log(_width) / Options.Confidence);
        // A cut that holds has (u₀n₁ − u₁n₀)² > 2σ²·log·W·n₀n₁, as 1/m is at least W/(n₀n₁). Testing that first, with room for the rounding of
        // either side, spares nearly all divisions and roots and cannot change an answer.
        double least = 2 * variance * log * _width * (1 - 1e-9);
        double n0 = 0, n1 = _width, u0 = 0, u1 = _total, minWindow = Options.MinWindow;
        for (int row = _rows - 1; row >= 0; row--)
        {
            double size = Math.ScaleB(1, row);
            int from = row * _stride, to = from + _counts[row] - (_river ? 1 : 0);
            for (int at = from; at < to; at++)
            {
                double total = _totals[at];
                n0 += size;
                n1 -= size;
                u0 += total;
                u1 -= total;
                double a = u0 * n1, b = u1 * n0;
                double reach = Math.Abs(a - b) + 1e-12 * (Math.Abs(a) + Math.Abs(b));
                if (reach * reach <= least * n0 * n1 || n0 < minWindow || n1 < minWindow) { continue; }
                if (Exceeds(n0, n1, u0 / n0 - u1 / n1, variance, log)) { return true; }
            }
        }
        return false;
    }

    private bool Exceeds(double n0, double n1, double difference, double variance, double log)
    {
        double less = _river ? Options.MinWindow - 1 : 0;
        double inverse = 1 / (n0 - less) + 1 / (n1 - less);
        double bound = Math.Sqrt(2 * inverse * variance * log) + 2.0 / 3.0 * log * inverse;
        return Math.Abs(difference) > bound;
    }

    private protected override void Clear()
    {
        _width = _total = _variance = 0;
        _untilCheck = Options.Clock;
        _rows = 1;
        Array.Clear(_counts);
    }

    private protected override void Write(ByteWriter writer)
    {
        writer.Doubles([_width, _total, _variance]);
        writer.Count(_untilCheck);
        writer.Count(_rows);
        for (int row = 0; row < _rows; row++)
        {
            writer.Count(_counts[row]);
            writer.Doubles(_totals.AsSpan(row * _stride, _counts[row]));
            writer.Doubles(_variances.AsSpan(row * _stride, _counts[row]));
        }
    }

    private protected override void Read(ref ByteReader reader)
    {
        (_width, _total, _variance) = (reader.Double(), reader.Double(), reader.Double());
        _untilCheck = reader.Small();
        int rows = reader.Length();
        double width = 0;
        for (int row = 0; row < rows; row++)
        {
            if (row > 0) { AddRow(); }
            int count = reader.Small();
            if (count > _maxBuckets) { throw new InvalidDataException($"Expected at most {_maxBuckets} buckets, got {count}."); }
            _counts[row] = count;
            width += count * Math.ScaleB(1, row);
            reader.Doubles(_totals.AsSpan(row * _stride, count));
            reader.Doubles(_variances.AsSpan(row * _stride, count));
        }
        if (rows == 0 || width != _width) { throw new InvalidDataException($"Expected buckets of {_width} values, got {width}."); }
        if (_untilCheck == 0 || _untilCheck > Options.Clock) { throw new InvalidDataException($"Expected a clock of {Options.Clock} values."); }
    }
}
