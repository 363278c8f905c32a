namespace Bellwether.Dashboard.Drift;

/// <summary>Seven steps of distance in multiples of the tolerance; pale below 1, where nothing is said to have drifted.</summary>
internal static class DriftScale
{
    /// <summary>Lower ends of the steps.</summary>
    public static readonly IReadOnlyList<double> Bounds = [0, 0.5, 0.75, 1, 1.5, 2.5, 4];

    public static readonly IReadOnlyList<string> Labels = ["<0.5", "0.5", "0.75", "1", "1.5", "2.5", "≥4"];

    /// <summary>The step of a distance, 0 to 6; null where it cannot be told.</summary>
    public static int? Step(double? distance)
    {
        if (distance is not { } d || double.IsNaN(d)) { return null; }
        int step = Bounds.Count - 1;
        while (step > 0 && d < Bounds[step]) { step--; }
        return step;
    }
}
