using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Tests.Samples;

/// <summary>The overview's rows: one model of each state at least, most of them healthy.</summary>
internal static class SampleFleet
{
    private const int Windows = 56;

    public static IReadOnlyList<OverviewRow> Rows(DateTimeOffset now) =>
    [
        Row(now, "churn-retail", "4.4", "Growth", ModelState.Healthy, null, "MAE", 9.09, -0.008, 0, 29, 981, 38),
        Row(now, "credit-default", "5.1", "Risk", ModelState.ShiftedHarmful, Severity.Critical, "AUC", 0.828, -0.103, 19, 70, 143, 5, (Severity.Critical, 1), (Severity.Warning, 2)),
        Row(now, "demand-forecast", "8.5", "Supply", ModelState.Healthy, null, "MAE", 6.29, 0.006, 1, 41, 306, 44),
        Row(now, "fraud-card", "8.3", "Payments", ModelState.BrokenData, Severity.Major, "F1", 0.795, -0.117, 13, 45, 235, 53, (Severity.Major, 1), (Severity.Warning, 2)),
        Row(now, "eta-delivery", "7.11", "Logistics", ModelState.ShiftedHarmless, Severity.Warning, "MAE", 10.80, 0.088, 7, 54, 537, 52, (Severity.Warning, 2)),
        Row(now, "price-elasticity", "2.10", "Pricing", ModelState.ShiftedHarmless, Severity.Warning, "F1", 0.796, -0.046, 4, 26, 738, 54, (Severity.Warning, 2)),
        Row(now, "claims-severity", "4.6", "Claims", ModelState.ShiftedHarmless, Severity.Warning, "MAE", 10.76, 0.097, 5, 37, 88, 11, (Severity.Warning, 2)),
        Row(now, "anomaly-pump", "7.2", "Plant", ModelState.NoData, null, "AUC", null, null, 0, 47, 0, 22_320),
        Row(now, "ad-ctr", "7.7", "Ads", ModelState.Healthy, null, "F1", 0.852, -0.010, 1, 47, 474, 28),
        Row(now, "triage-xray", "6.8", "Clinical", ModelState.Provisional, null, "AUC", 0.867, -0.007, 1, 53, 78, 52),
        Row(now, "intent-chat", "4.9", "Support", ModelState.Healthy, null, "F1", 0.943, -0.004, 1, 66, 350, 8),
        Row(now, "recsys-home", "8.9", "Growth", ModelState.Healthy, null, "AUC", 0.843, -0.008, 0, 49, 357, 54),
        Row(now, "spam-mail", "3.4", "Mail", ModelState.Healthy, null, "F1", 0.937, 0.004, 0, 47, 771, 49),
        Row(now, "lead-score", "1.0", null, ModelState.Learning, null, "AUC", null, null, 0, 0, 0.04, 95),
    ];

    private static OverviewRow Row(
        DateTimeOffset now, string name, string version, string? team, ModelState state, Severity? severity, string measure, double? current, double? change,
        int drifted, int features, double perSecond, int ageSeconds, params (Severity Severity, int Count)[] alerts)
    {
        double level = current is { } c ? c / (1 + (change ?? 0)) : 0.9;
        double? At(int i)
        {
            if (current is null) { return state == ModelState.NoData && i < 40 && i % 17 != 3 ? level * (1 + (0.006 * Wave.At(i, name.Length))) : null; }
            if (i is 20 or 21 && name.Length % 3 == 0) { return null; }
            bool falls = state is ModelState.ShiftedHarmful or ModelState.BrokenData or ModelState.ShiftedHarmless;
            double drift = falls && i > 36 ? change!.Value * (i - 36) / (Windows - 37) : 0;
            return level * (1 + (0.006 * Wave.At(i, name.Length)) + drift);
        }
        return new OverviewRow(
            ModelKey.Parse(name), "v" + version, team, Say(state, severity, measure), measure, [.. Enumerable.Range(0, Windows).Select(At)], level * 0.988, level * 1.012, current, change, drifted, features,
            [.. Enumerable.Range(0, Windows).Select(i => perSecond * (1 + (0.6 * Math.Sin((i / 4.5) + name.Length)) + (0.04 * Wave.At(i, 5))))], perSecond,
            alerts.ToDictionary(alert => alert.Severity, alert => alert.Count), now.AddSeconds(-ageSeconds));
    }

    private static Verdict Say(ModelState state, Severity? severity, string measure) => state switch
    {
        ModelState.ShiftedHarmful => new(state, severity, $"{measure} fell below the limit 0.85",
            "on Friday 20:24 UTC and is 0.828 now. 3 of 30 inputs drifted first: `income`, `region`, `utilisation`. Outcomes confirm it up to Thursday.",
            "Watching against reference train-2026-07 (1.2 M rows, 8 weeks); outcomes cover 71 % of the last week."),
        ModelState.BrokenData => new(state, severity, "A third of `amount` is missing", "since Tuesday 14:00 UTC; scores of these rows cannot be trusted.", "Watching against reference train-2026-07."),
        ModelState.ShiftedHarmless => new(state, severity, "Inputs drifted, performance holds", "since Tuesday 14:00 UTC.", "Watching against reference train-2026-07."),
        ModelState.NoData => new(state, severity, "Nothing received", "for 6 h 12 min.", ""),
        ModelState.Learning => new(state, severity, "Learning what is usual", "until 18 Aug 09:00 UTC; user limits work already.", "No reference yet."),
        ModelState.Provisional => new(state, severity, "Nothing to report so far", "only critical drift alerts until 18 Aug.", "Provisional: the reference has no times."),
        _ => new(state, severity, "All is well", "nothing beyond its usual in the range shown.", "Watching against reference train-2026-07."),
    };
}
