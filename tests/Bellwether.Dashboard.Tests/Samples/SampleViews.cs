using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Dashboard.Tests.Samples;

/// <summary>A small fleet with one of every state, the same at every call. Its worst model is <see cref="Worst"/>.</summary>
internal sealed class SampleViews(DateTimeOffset now) : IModelViews
{
    /// <summary>A feature whose name would be markup on a careless page.</summary>
    public const string NastyColumn = "<b>bold</b>";

    public static readonly ModelKey Worst = ModelKey.Parse("credit-default");

    private static readonly string[] Columns =
    [
        "income", "region", "age", "tenure_months", "utilisation", "num_inquiries", "device_os", "merchant_mcc", "amount", "hour_of_day", "dist_home_km",
        "prev_defaults", "employment", "channel", "balance_avg", "balance_min", "delinq_90d", "term", "purpose", "housing", "credit_age", "card_type",
        "currency", "velocity_1h", "velocity_24h", "ip_risk", "email_age", "phone_match", "doc_score", NastyColumn,
    ];

    /// <summary>Set to make every call fail from then on.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Set to make cells fail from then on.</summary>
    public Exception? CellFailure { get; set; }

    /// <summary>Set to hold back every call until it ends.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Set to show no model at all.</summary>
    public bool IsEmpty { get; set; }

    public List<TimeSpan> OverviewRanges { get; } = [];

    public List<CancellationToken> OverviewTokens { get; } = [];

    /// <summary>Released once for each call of <see cref="OverviewAsync"/>.</summary>
    public SemaphoreSlim OverviewCalls { get; } = new(0);

    public async Task<OverviewPage> OverviewAsync(TimeSpan range, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        OverviewRanges.Add(range);
        OverviewTokens.Add(cancellationToken);
        OverviewCalls.Release();
        await WaitAsync(cancellationToken);
        return IsEmpty ? new OverviewPage([], 0, null, asOf) : new OverviewPage(SampleFleet.Rows(now), 8417, 0.71, asOf);
    }

    public async Task<ModelPage?> ModelAsync(ModelKey model, TimeSpan range, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        if (SampleFleet.Rows(now).FirstOrDefault(row => row.Model == model) is not { } row) { return null; }
        var length = range > TimeSpan.FromDays(7) ? TimeSpan.FromHours(12) : range > TimeSpan.FromDays(1) ? TimeSpan.FromHours(3) : TimeSpan.FromHours(1);
        var windows = Windows(range, length);
        bool ill = row.Verdict.State == ModelState.ShiftedHarmful;
        return new ModelPage(
            model, ModelTask.Binary, row.Version, new Dictionary<string, string> { ["team"] = row.Team ?? "risk" }, row.Verdict,
            new TimeWindow(windows[0].Start, windows[^1].End), length == TimeSpan.FromHours(1) ? "hourly" : $"{length.TotalHours:0}-hour windows",
            [Auc(range, ill), Calibration(windows)], ill ? Marks() : [], new Heatmap(windows, [.. Columns.Select(column => Row(column, windows.Count, ill))]),
            ill ? Alerts(model) : [], "against reference train-2026-07", "budget: 1 false alarm a year, 4 % spent");
    }

    public async Task<CellDetail?> CellAsync(ModelKey model, string column, TimeSpan range, DateTimeOffset windowStart, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        if (CellFailure is { } failure) { throw failure; }
        if (!Columns.Contains(column)) { return null; }
        bool numeric = column is not ("region" or "channel");
        List<HistogramBin> bins = numeric
            ? [.. Enumerable.Range(0, 30).Select(i => new HistogramBin($"{20 + (i * 3.3):0.0} to {23.3 + (i * 3.3):0.0}", 20 + (i * 3.3), 23.3 + (i * 3.3), Bell(i, 14, 5.4), Bell(i, 20, 4.8)))]
            : [.. new[] { "north", "south", "east", "west", "<i>overseas</i>" }.Select((name, i) => new HistogramBin(name, i, i, 0.2, i == 3 ? 0.44 : 0.14))];
        return new CellDetail(model, column, new TimeWindow(windowStart, windowStart.AddHours(3)), numeric, bins,
            [
                new PanelFigure("PSI", "0.519", "Population stability index over the bins"), new PanelFigure("Wasserstein, in reference σ", "0.41", "How far mass moved"),
                new PanelFigure("Mean", "62.1 → 71.4", "Reference, then current"), new PanelFigure("Missing", "0.4 % → 0.6 %", "Share of nulls"),
                new PanelFigure("Evidence", "12.4 years", "Against the budget of one false alarm a year"), new PanelFigure("Rows in window", "48,211", "Rows of the current window"),
            ],
            $"`{column}` lies 2.6 times its tolerance above what this hour of the week usually shows, since Sunday.");
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        if (Failure is { } failure) { throw failure; }
    }

    private static double Bell(int i, double middle, double width) => Math.Exp(-Math.Pow((i - middle) / width, 2) / 2) / (width * 2.5066);

    private List<TimeWindow> Windows(TimeSpan range, TimeSpan length)
    {
        var end = new DateTimeOffset(now.UtcTicks / length.Ticks * length.Ticks, TimeSpan.Zero);
        int count = (int)(range / length);
        return [.. Enumerable.Range(0, count).Select(i => new TimeWindow(end - ((count - i) * length), end - ((count - i - 1) * length)))];
    }

    private MeasureSeries Auc(TimeSpan range, bool ill)
    {
        var windows = Windows(range, TimeSpan.FromHours(1));
        int fallsAt = windows.Count * 2 / 3;
        var points = windows.Select((window, i) =>
        {
            double fall = ill && i > fallsAt ? 0.07 * (i - fallsAt) / (windows.Count - fallsAt) : 0;
            double value = 0.902 + (0.008 * Wave.At(i, seed: 3)) + (0.006 * Math.Sin(i / 4.0)) - fall;
            string state = i > windows.Count - 6 ? "noOutcomes" : i is 41 or 42 or 44 or 45 ? "tooFew" : "ok";
            return new MeasurePoint(window.Start, window.End, state == "ok" ? value : null, state == "ok" ? value - 0.009 : null, state == "ok" ? value + 0.009 : null, state, 7140, 0.86);
        });
        return new MeasureSeries("auc", "AUC", "", [.. points], 0.889, 0.917,
            [new LimitLine(0.87, IsUpper: false, Severity.Warning, "auc.warn"), new LimitLine(0.85, IsUpper: false, Severity.Critical, "auc.limit")]);
    }

    private static MeasureSeries Calibration(List<TimeWindow> windows) => new("accuracy", "Accuracy", "",
        [.. windows.Select(window => new MeasurePoint(window.Start, window.End, null, null, null, "tooFew", 12, 0.1))], null, null, []);

    private List<AlertMark> Marks() =>
    [
        new(now.AddHours(-60), Severity.Warning, "income", "mean above its usual"), new(now.AddHours(-50), Severity.Warning, "region", "west grew"),
        new(now.AddHours(-31), Severity.Major, "utilisation", "mean above its usual"), new(now.AddHours(-12), Severity.Critical, "", "AUC below 0.85"),
    ];

    private static HeatmapRow Row(string column, int windows, bool ill)
    {
        double? Cell(int i)
        {
            double at = (double)i / windows;
            double quiet = 0.2 + (0.25 * Math.Abs(Wave.At(i, column.Length * 7)));
            if (!ill) { return column == "term" && i < 4 ? null : quiet; }
            return column switch
            {
                "income" when at > 0.64 => quiet + (5 * (at - 0.62) / 0.38),
                "region" when at > 0.68 => quiet + (3.4 * (at - 0.66) / 0.34),
                "utilisation" when at > 0.72 => quiet + (4 * (at - 0.7) / 0.3),
                "channel" when at is > 0.36 and < 0.44 => 2 + quiet,
                "amount" or "velocity_1h" or "velocity_24h" when i % 8 is 6 or 7 => 0.6 + quiet,
                "term" => at < 0.85 ? null : 1.1 + quiet,
                NastyColumn when i % 9 == 3 => null,
                _ => quiet,
            };
        }
        Severity? open = !ill ? null : column switch { "income" => Severity.Critical, "region" or "utilisation" => Severity.Warning, _ => null };
        return new HeatmapRow(column, "inputs", open, [.. Enumerable.Range(0, windows).Select(Cell)]);
    }

    private List<Alert> Alerts(ModelKey model) =>
    [
        Alert(model, "region", Severity.Warning, -50, "share of `west` rose from 20 % to 44 %"), Alert(model, "income", Severity.Critical, -60, "mean moved by 0.51 reference σ (0.42 to 0.60)"),
        Alert(model, "utilisation", Severity.Warning, -31, "mean moved by 0.34 reference σ (0.28 to 0.41)"), Alert(model, NastyColumn, Severity.Info, -700, "a category not seen before: `<script>`"),
    ];

    private Alert Alert(ModelKey model, string column, Severity severity, int hours, string text) =>
        new($"{model}-{column}", model, "drift.ted", column, null, AlertState.Firing, severity, now.AddHours(hours), null, ["0011223344556677"], text, []);
}
