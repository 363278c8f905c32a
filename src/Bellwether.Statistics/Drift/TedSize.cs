namespace Bellwether.Statistics.Drift;

/// <summary>How far an event is from its baseline over recent windows.</summary>
/// <param name="Event">Index of the event.</param>
/// <param name="AngleShift">Angle now less angle expected; positive when the rate rose.</param>
/// <param name="HalfWidth">Half the 95 % interval of <paramref name="AngleShift"/>, wobble included; infinite without rows.</param>
/// <param name="Rate">Share of rows with the event, in [0, 1].</param>
/// <param name="BaselineRate">Share expected over the same windows, in [0, 1].</param>
public readonly record struct TedSize(int Event, double AngleShift, double HalfWidth, double Rate, double BaselineRate)
{
    /// <param name="reference">The fitted baseline.</param>
    /// <param name="j">Event.</param>
    /// <param name="count">Rows with the event.</param>
    /// <param name="rows">Rows, positive.</param>
    /// <param name="expected">Σ n·p0.</param>
    /// <param name="windows">Windows with rows that were summed, positive.</param>
    internal static TedSize Of(EventReference reference, int j, long count, long rows, double expected, int windows)
    {
        double wobble = Math.Max(reference.Own[j], reference.TauSquared);
        double sampling = 1.0 / rows + 1.0 / reference.Rows;
        double effects = wobble / windows + wobble / reference.Windows + reference.Vf[j] / windows;
        return new TedSize(
            j, Shift(count, rows, expected), Math.Sqrt(1.96 * 1.96 * sampling + 2.33 * 2.33 * effects), (double)count / rows, expected / rows);
    }

    internal static double Shift(long count, long rows, double expected) =>
        Angle.Of((count + .5) / (rows + 1.0)) - Angle.Of(expected / rows);
}
