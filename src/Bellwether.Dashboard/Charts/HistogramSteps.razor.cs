using System.Globalization;
using System.Text;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;

namespace Bellwether.Dashboard.Charts;

/// <summary>
/// Reference and current shares over the same bins, as steps. Every bin is drawn equally wide: bins anchored in the reference have tails of
/// a thousandth beside wide middles, and on a scale of values nothing of them could be seen. The axis names the edges.
/// </summary>
public sealed partial class HistogramSteps
{
    private const double Width = 360;
    private const double Height = 196;
    private const double Left = 36;
    private const double Top = 8;
    private const double Bottom = 20;
    private const int LabelsAcross = 5;

    [Parameter, EditorRequired]
    public IReadOnlyList<HistogramBin> Bins { get; set; } = [];

    [Parameter, EditorRequired]
    public string Column { get; set; } = "";

    private double Highest { get; set; } = 1;

    private double Step { get; set; } = 0.25;

    private List<(double Y, string Text)> YTicks { get; set; } = [];

    private List<(double X, string Text, string Anchor)> XTicks { get; set; } = [];

    private string Label
    {
        get
        {
            var most = Bins.MaxBy(bin => Math.Abs(bin.CurrentShare - bin.ReferenceShare));
            return most is null ? ColumnWords.Of(Column)
                : $"Histogram of {ColumnWords.Of(Column)}: the greatest difference lies in {most.Label}, {Figures.Share(most.ReferenceShare)} in the reference, {Figures.Share(most.CurrentShare)} now";
        }
    }

    protected override void OnParametersSet()
    {
        double greatest = Bins.Count == 0 ? 1 : Math.Max(Bins.Max(bin => Math.Max(bin.ReferenceShare, bin.CurrentShare)), 1e-6);
        Step = RoundStep(greatest / 4);
        Highest = Math.Ceiling(greatest / Step) * Step;
        YTicks = [.. Enumerable.Range(0, (int)Math.Round(Highest / Step) + 1).Select(i => (Y(i * Step), Percent(i * Step)))];
        XTicks = EdgeLabels();
    }

    private static double RoundStep(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
    }

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private List<(double, string, string)> EdgeLabels()
    {
        var edges = Enumerable.Range(0, Bins.Count + 1).Select(i => (X: X(i), Value: i == 0 ? Bins[0].Low : Bins[i - 1].High)).ToList();
        int every = Math.Max(1, (Bins.Count + LabelsAcross - 1) / LabelsAcross);
        // The outermost bins are open: their outer ends are no numbers.
        return [.. edges.Where((edge, i) => double.IsFinite(edge.Value) && i % every == (Bins.Count % every) / 2)
            .Select(edge => (edge.X, Figures.Compact(edge.Value), edge.X > Width - 12 ? "end" : edge.X < Left + 8 ? "start" : "middle"))];
    }

    private double X(int edge) => Left + (edge * (Width - Left) / Math.Max(1, Bins.Count));

    private double Y(double share) => Height - Bottom - (share / Highest * (Height - Top - Bottom));

    private string Steps(Func<HistogramBin, double> share, bool closed)
    {
        var path = new StringBuilder();
        if (closed) { path.Append(CultureInfo.InvariantCulture, $"M{N(X(0))} {N(Y(0))}"); }
        for (int i = 0; i < Bins.Count; i++)
        {
            string y = N(Y(share(Bins[i])));
            path.Append(i == 0 && !closed ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{N(X(i))} {y}H{N(X(i + 1))}");
        }
        if (closed) { path.Append(CultureInfo.InvariantCulture, $"V{N(Y(0))}Z"); }
        return path.ToString();
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
