using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bellwether.Statistics.Wire;

namespace Bellwether.Statistics.Drift;

/// <summary>What is normal for the J yes/no events of one column: level, daily and weekly rhythm, wobble. Immutable.</summary>
/// <remarks>
/// Fitted once from a reference and frozen. Two kinds of uncertainty are kept apart: <see cref="V"/> about the level, which widens the
/// tolerance, and <see cref="TauSquared"/> about every single window, which discounts its evidence.
/// </remarks>
public sealed class EventReference
{
    private const byte FormatByte = 1;

    internal EventReference(int events, int windows, long rows)
    {
        (Events, Windows, Rows) = (events, windows, rows);
    }

    /// <summary>Number of events, J.</summary>
    public int Events { get; }

    /// <summary>Windows of the reference that have rows, W; 1 for a reference without times.</summary>
    public int Windows { get; }

    /// <summary>Rows of the reference, N.</summary>
    public long Rows { get; }

    /// <summary>Overall share of each event, strictly between 0 and 1.</summary>
    public ImmutableArray<double> P { get; internal init; } = [];

    /// <summary>Angles of <see cref="P"/>.</summary>
    public ImmutableArray<double> Angles { get; internal init; } = [];

    /// <summary>The rhythm factors whose keys <see cref="Baseline"/> takes.</summary>
    public ImmutableArray<RhythmFactor> Factors { get; internal init; } = [];

    /// <summary>For each factor its table of angle differences, groups × J row by row; empty where the factor was not fitted.</summary>
    public ImmutableArray<ImmutableArray<double>> Tables { get; internal init; } = [];

    /// <summary>Variance of the level, in squared angle.</summary>
    public double V { get; internal init; }

    /// <summary>Variance of each event's fitted rhythm, in squared angle.</summary>
    public ImmutableArray<double> Vf { get; internal init; } = [];

    /// <summary>Each event's own long-run wobble variance, shrunk to the column's.</summary>
    public ImmutableArray<double> Own { get; internal init; } = [];

    /// <summary>Wobble variance by which the slow lane discounts a window, τ².</summary>
    public double TauSquared { get; internal init; }

    /// <summary>Whether the wobble can be foretold well enough for the fast lane.</summary>
    public bool Track { get; internal init; }

    /// <summary>Whether the reference has shocks too large for the fast lane.</summary>
    public bool Heavy { get; internal init; }

    /// <summary>Excess kurtosis of the foretold residuals on which <see cref="Heavy"/> rests; 0 where it was not measured.</summary>
    public double Kurtosis { get; internal init; }

    /// <summary>Mean of 1/n over the reference's windows.</summary>
    public double MeanInverseRows { get; internal init; }

    /// <summary>Correlation of the wobble from one window to the next, in [0, .98]; 0 without the fast lane.</summary>
    public double Rho { get; internal init; }

    /// <summary>The tracker's stationary variance before each window. Empty without the fast lane, like the next two.</summary>
    public ImmutableArray<double> TrackerVariance { get; internal init; } = [];

    /// <summary>Standard deviation of the foretellable wobble.</summary>
    public ImmutableArray<double> S { get; internal init; } = [];

    /// <summary>Variance left after foretelling, by which the fast lane discounts a window.</summary>
    public ImmutableArray<double> Pf { get; internal init; } = [];

    /// <summary>Fits a reference of consecutive windows.</summary>
    /// <param name="counts">W × J counts, row by row: rows of window w in which event j held.</param>
    /// <param name="rows">W row counts. Empty windows stay in place with 0.</param>
    /// <param name="factors">Rhythm factors, in the order in which to fit them.</param>
    /// <param name="keys">W × factors group keys, row by row.</param>
    /// <param name="windowsPerDay">At least 1; 1 for daily and longer windows.</param>
    /// <param name="wobble">Whether to measure variation beyond sampling; false takes rows as independent and rates as fixed.</param>
    /// <param name="fastLane">Whether to fit the tracker that foretells the next window.</param>
    /// <returns>The reference, or null while there is too little: fewer than 8 windows with rows.</returns>
    /// <exception cref="ArgumentException">Lengths disagree, a count is negative or above its rows, or a key is out of range.</exception>
    public static EventReference? TryFit(
        ReadOnlySpan<long> counts, ReadOnlySpan<long> rows, ImmutableArray<RhythmFactor> factors, ReadOnlySpan<int> keys,
        int windowsPerDay, bool wobble = true, bool fastLane = true) =>
        EventReferenceFit.TryFit(counts, rows, factors, keys, windowsPerDay, wobble, fastLane);

    /// <summary>A reference without times: one pooled count, no rhythm, no wobble, variance of the level 1/N.</summary>
    /// <param name="counts">J counts in [0, <paramref name="rows"/>].</param>
    /// <param name="rows">Rows of the reference; at least 1.</param>
    /// <exception cref="ArgumentException">A count is outside its range, or there are no rows.</exception>
    public static EventReference Static(ReadOnlySpan<long> counts, long rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        double[] p = new double[counts.Length], angles = new double[counts.Length];
        for (int j = 0; j < p.Length; j++)
        {
            if (counts[j] < 0 || counts[j] > rows)
            {
                throw new ArgumentException($"Count {counts[j]} of event {j} is outside [0, {rows}].", nameof(counts));
            }
            p[j] = (counts[j] + .5) / (rows + 1.0);
            angles[j] = Angle.Of(p[j]);
        }
        return new EventReference(p.Length, 1, rows)
        {
            P = Frozen(p),
            Angles = Frozen(angles),
            V = 1.0 / rows,
            Vf = Frozen(new double[p.Length]),
            Own = Frozen(new double[p.Length]),
            MeanInverseRows = 1.0 / rows,
        };
    }

    /// <summary>The expected angle of every event in a window.</summary>
    /// <param name="keys">The window's key in each of <see cref="Factors"/>.</param>
    /// <param name="angles">J angles are written here.</param>
    /// <exception cref="ArgumentException">A length or a key is out of range.</exception>
    public void Baseline(ReadOnlySpan<int> keys, Span<double> angles)
    {
        if (keys.Length != Factors.Length) { throw new ArgumentException($"Expected {Factors.Length} keys, got {keys.Length}.", nameof(keys)); }
        if (angles.Length != Events) { throw new ArgumentException($"Expected {Events} angles, got {angles.Length}.", nameof(angles)); }
        Angles.CopyTo(angles);
        for (int f = 0; f < keys.Length; f++)
        {
            if ((uint)keys[f] >= (uint)Factors[f].Groups)
            {
                throw new ArgumentException($"Key {keys[f]} of factor '{Factors[f].Name}' is outside [0, {Factors[f].Groups}).", nameof(keys));
            }
            if (Tables[f].IsEmpty) { continue; }
            var effects = Tables[f].AsSpan(keys[f] * Events, Events);
            for (int j = 0; j < angles.Length; j++) { angles[j] += effects[j]; }
        }
        foreach (ref double angle in angles) { angle = Angle.Of(Angle.Rate(angle)); }
    }

    /// <summary>How far an event's angle may move before it is evidence: h0 and two standard errors of the level.</summary>
    /// <param name="j">The event; the width is at present the same for all events of a column.</param>
    /// <param name="h0">Tolerated distance in angle, for instance .10.</param>
    public double Tolerance(int j, double h0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)j, (uint)Events, nameof(j));
        return h0 + 2 * Math.Sqrt(V);
    }

    /// <summary>The whole reference as bytes, read back exactly by <see cref="FromBytes"/>.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter();
        writer.Byte(FormatByte);
        writer.Count(Events);
        writer.Count(Windows);
        writer.Count(Rows);
        writer.Doubles(P.AsSpan());
        writer.Doubles(Angles.AsSpan());
        writer.Count(Factors.Length);
        for (int f = 0; f < Factors.Length; f++)
        {
            writer.Text(Factors[f].Name);
            writer.Count(Factors[f].Groups);
            writer.Count(Factors[f].UnitWindows);
            writer.Flag(!Tables[f].IsEmpty);
            writer.Doubles(Tables[f].AsSpan());
        }
        writer.Double(V);
        writer.Doubles(Vf.AsSpan());
        writer.Doubles(Own.AsSpan());
        writer.Double(TauSquared);
        writer.Double(Kurtosis);
        writer.Double(MeanInverseRows);
        writer.Flag(Heavy);
        writer.Flag(Track);
        if (Track)
        {
            writer.Double(Rho);
            writer.Doubles(TrackerVariance.AsSpan());
            writer.Doubles(S.AsSpan());
            writer.Doubles(Pf.AsSpan());
        }
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a whole reference of a known format.</exception>
    public static EventReference FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Format(FormatByte, "an event reference");
        int events = reader.Length();
        int windows = reader.Small();
        long rows = reader.Count();
        double[] p = reader.Doubles(events), angles = reader.Doubles(events);
        int factorCount = reader.Length();
        var factors = ImmutableArray.CreateBuilder<RhythmFactor>(factorCount);
        var tables = ImmutableArray.CreateBuilder<ImmutableArray<double>>(factorCount);
        for (int f = 0; f < factorCount; f++)
        {
            var factor = new RhythmFactor(reader.Text(), reader.Small(), reader.Small());
            factors.Add(factor);
            tables.Add(reader.Flag() ? Frozen(reader.Doubles((long)factor.Groups * events)) : []);
        }
        double v = reader.Double();
        double[] vf = reader.Doubles(events), own = reader.Doubles(events);
        double tauSquared = reader.Double(), kurtosis = reader.Double(), meanInverseRows = reader.Double();
        bool heavy = reader.Flag(), track = reader.Flag();
        int tracked = track ? events : 0;
        var reference = new EventReference(events, windows, rows)
        {
            P = Frozen(p),
            Angles = Frozen(angles),
            Factors = factors.DrainToImmutable(),
            Tables = tables.DrainToImmutable(),
            V = v,
            Vf = Frozen(vf),
            Own = Frozen(own),
            TauSquared = tauSquared,
            Kurtosis = kurtosis,
            MeanInverseRows = meanInverseRows,
            Heavy = heavy,
            Track = track,
            Rho = track ? reader.Double() : 0,
            TrackerVariance = Frozen(reader.Doubles(tracked)),
            S = Frozen(reader.Doubles(tracked)),
            Pf = Frozen(reader.Doubles(tracked)),
        };
        reader.End();
        return reference;
    }

    internal static ImmutableArray<double> Frozen(double[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
