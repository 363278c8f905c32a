using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Evaluation;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Monitoring.Tests.Overview;

/// <summary>A model is called well only on grounds.</summary>
public sealed class VerdictTests
{
    private static readonly DateTimeOffset Live = SyntheticWorld.Start.AddDays(28);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task A_model_whose_outcomes_come_two_days_late_is_well_whatever_the_range(int days)
    {
        var page = await PageAsync(await EvaluatedAsync(Live.AddDays(8), TimeSpan.FromDays(2)), Live.AddDays(8), TimeSpan.FromDays(days), ModelActivity.None);
        Assert.Equal((ModelState.Healthy, "All well."), (page.Verdict.State, page.Verdict.Headline));
        Assert.StartsWith("AUC is 0.", page.Verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_outcomes_performance_cannot_be_told()
    {
        var page = await PageAsync(await EvaluatedAsync(Live.AddDays(8), null), Live.AddDays(8), Week, ModelActivity.None);
        Assert.Equal((ModelState.CannotTell, "Inputs hold; performance cannot be told."), (page.Verdict.State, page.Verdict.Headline));
        Assert.StartsWith("No outcomes known yet.", page.Verdict.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_prediction_is_no_reason_to_be_calm()
    {
        var world = new SyntheticWorld(201);
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = new SyntheticWorld(201, rowsPerHour: 1).Rows(Live, Live.AddHours(1));
        await EvaluateAsync(store, new MemoryModelLog(rows, known), Live.AddHours(3));
        var verdict = (await PageAsync(store, Live.AddHours(3), Week, ModelActivity.None)).Verdict;
        Assert.Equal(ModelState.CannotTell, verdict.State);
        Assert.Contains("1 prediction in", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fell_silent_is_not_called_well()
    {
        var end = Live.AddDays(8);
        var store = await EvaluatedAsync(end, TimeSpan.FromDays(2));
        var silent = new ModelActivity(end, null);
        Assert.Equal(ModelState.Healthy, (await PageAsync(store, end.AddHours(23), Week, silent)).Verdict.State);
        var verdict = (await PageAsync(store, end.AddDays(9), Week, silent)).Verdict;
        Assert.Equal((ModelState.NoData, "Nothing received since Tue 10 Feb 2026 00:00 UTC."), (verdict.State, verdict.Headline));
        var views = new ModelViews(store, new KnownActivity(silent));
        Assert.Equal((0, end), ((await views.ListAsync(end.AddDays(9), Cancellation)).Select(m => (m.Rows24h, m.LastData!.Value)).Single()));
        Assert.Equal((24 * 60, end), ((await views.ListAsync(end, Cancellation)).Select(m => (m.Rows24h, m.LastData!.Value)).Single()));
    }

    [Fact]
    public async Task An_evaluation_that_fails_is_told_with_its_reason()
    {
        var failed = new ModelActivity(Live.AddDays(8), new EvaluationFailure(Live.AddDays(8), "The disk is full.", Live.AddDays(8).AddMinutes(5)));
        var verdict = (await PageAsync(await EvaluatedAsync(Live.AddDays(8), TimeSpan.FromDays(2)), Live.AddDays(8), Week, failed)).Verdict;
        Assert.Equal((ModelState.CannotTell, "Cannot tell: evaluation fails since Tue 10 Feb 2026 00:00 UTC."), (verdict.State, verdict.Headline));
        Assert.Contains("The disk is full.", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_whose_window_is_open_are_not_denied()
    {
        var store = await SyntheticWorld.StoreAsync(null);
        Assert.Equal(ModelState.NoData, (await PageAsync(store, Live, Week, ModelActivity.None)).Verdict.State);
        var verdict = (await PageAsync(store, Live, Week, new ModelActivity(Live.AddMinutes(-1), null))).Verdict;
        Assert.Equal(ModelState.CannotTell, verdict.State);
        Assert.Contains("Predictions up to Sun 1 Feb 2026 23:59 UTC are kept", verdict.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task The_panel_of_a_cell_pools_the_windows_of_that_cell(int days)
    {
        var range = TimeSpan.FromDays(days);
        var store = await EvaluatedAsync(Live.AddDays(30), null);
        var views = new ModelViews(store, new KnownActivity(ModelActivity.None));
        var heatmap = (await PageAsync(store, Live.AddDays(30), range, ModelActivity.None)).Heatmap;
        foreach (var cell in new[] { heatmap.Windows[0], heatmap.Windows[heatmap.Windows.Count / 2], heatmap.Windows[^1] })
        {
            var detail = await views.CellAsync(SyntheticWorld.Model, "number0", range, cell.Start, Cancellation);
            Assert.Equal(cell, detail!.Window);
        }
        var before = await views.CellAsync(SyntheticWorld.Model, "number0", TimeSpan.FromDays(60), SyntheticWorld.Start, Cancellation);
        Assert.Equal("No predictions in this span: nothing to compare.", before!.Sentence);
    }

    private static async Task<MemoryMonitorStore> EvaluatedAsync(DateTimeOffset end, TimeSpan? outcomesAfter)
    {
        var world = new SyntheticWorld(201);
        var store = await SyntheticWorld.StoreAsync(world.Rows(SyntheticWorld.Start, Live).Rows);
        var (rows, known) = world.Rows(Live, end);
        if (outcomesAfter is null) { known = [.. known.Select(_ => long.MaxValue)]; }
        await EvaluateAsync(store, new MemoryModelLog(rows, known), end);
        return store;
    }

    private static async Task<ModelPage> PageAsync(MemoryMonitorStore store, DateTimeOffset now, TimeSpan range, ModelActivity activity) =>
        (await new ModelViews(store, new KnownActivity(activity)).ModelAsync(SyntheticWorld.Model, range, now, Cancellation))!;

    private static async Task EvaluateAsync(MemoryMonitorStore store, MemoryModelLog log, DateTimeOffset through)
    {
        var evaluator = await ModelEvaluator.LoadAsync(SyntheticWorld.Model, log, store, Cancellation);
        await evaluator!.EvaluateAsync(through, "request", through, Cancellation);
    }
}
