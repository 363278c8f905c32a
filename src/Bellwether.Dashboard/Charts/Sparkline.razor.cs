using System.Globalization;
using System.Text;
using Bellwether.Dashboard.Signs;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Charts;

/// <summary>A line the size of a word. Where a value cannot be told the line has a gap; the reference's band lies behind it.</summary>
public sealed partial class Sparkline
{
    private const double Padding = 4;

    private (double Top, double Height)? Band { get; set; }

    private string Path { get; set; } = "";

    private string OutsidePath { get; set; } = "";

    private (double X, double Y)? LastPoint { get; set; }

    /// <summary>Oldest first; null where it cannot be told.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<double?> Values { get; set; } = [];

    [Parameter]
    public double? BandLow { get; set; }

    [Parameter]
    public double? BandHigh { get; set; }

    /// <summary>What the line says, for who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Colours what lies outside the band; quiet colours nothing.</summary>
    [Parameter]
    public Tone Tone { get; set; }

    [Parameter]
    public int Width { get; set; } = 132;

    [Parameter]
    public int Height { get; set; } = 28;

    protected override void OnParametersSet()
    {
        var points = Points();
        Path = Draw(points, _ => true);
        bool coloured = Tone is Tone.Warning or Tone.Critical && BandLow is not null && BandHigh is not null;
        OutsidePath = coloured ? Draw(points, i => IsOutside(i) || (i > 0 && IsOutside(i - 1)) || (i + 1 < Values.Count && IsOutside(i + 1))) : "";
        LastPoint = points.Length > 0 ? points[^1] : null;
    }

    private bool IsOutside(int i) => Values[i] is { } v && (v < BandLow || v > BandHigh);

    private (double X, double Y)?[] Points()
    {
        var known = Values.Where(v => v is { } x && double.IsFinite(x)).Select(v => v!.Value).ToArray();
        Band = null;
        if (known.Length == 0) { return []; }
        double low = Math.Min(known.Min(), BandLow ?? double.PositiveInfinity);
        double high = Math.Max(known.Max(), BandHigh ?? double.NegativeInfinity);
        // A model at rest looks at rest: its band never fills more than half of the height.
        double room = BandHigh - BandLow is { } bandSpan ? Math.Max(0, (2 * bandSpan) - (high - low)) / 2 : 0;
        (low, high) = (low - room, high + room);
        double span = high - low;
        double Y(double value) => span > 0 ? Padding + ((high - value) / span * (Height - (2 * Padding))) : Height / 2.0;
        if (BandLow is { } bandLow && BandHigh is { } bandHigh && span > 0) { Band = (Y(bandHigh), Math.Max(1, Y(bandLow) - Y(bandHigh))); }
        double step = Values.Count > 1 ? (Width - (2 * Padding)) / (Values.Count - 1) : 0;
        return [.. Values.Select((v, i) => v is { } value && double.IsFinite(value) ? (Padding + (i * step), Y(value)) : ((double, double)?)null)];
    }

    private static string Draw((double X, double Y)?[] points, Func<int, bool> include)
    {
        var path = new StringBuilder();
        bool drawing = false;
        for (int i = 0; i < points.Length; i++)
        {
            if (points[i] is not { } point || !include(i))
            {
                drawing = false;
                continue;
            }
            path.Append(drawing ? 'L' : 'M').Append(Coordinate(point.X)).Append(' ').Append(Coordinate(point.Y));
            // A value between two gaps has no line to lie on: a stroke of no length with round ends shows as a dot.
            if (!drawing && (i + 1 == points.Length || points[i + 1] is null || !include(i + 1))) { path.Append("h0"); }
            drawing = true;
        }
        return path.ToString();
    }

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
