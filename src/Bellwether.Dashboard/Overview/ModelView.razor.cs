using Bellwether.Contracts;
using Bellwether.Dashboard.Drift;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Bellwether.Dashboard.Overview;

/// <summary>One model: what is wrong, how it performs, which inputs moved. All of what is chosen stands in the URL.</summary>
public sealed partial class ModelView
{
    private (string, PageRange)? _loaded;
    private (ModelKey, string, TimeSpan, DateTimeOffset)? _loadedCell;
    private CellDetail? _detail;
    private CancellationTokenSource? _loadingCell;

    [Inject]
    private IModelViews Views { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Present only while the page is first rendered as a response.</summary>
    [CascadingParameter]
    private HttpContext? Response { get; set; }

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    [SupplyParameterFromQuery(Name = "measure")]
    public string? Measure { get; set; }

    [SupplyParameterFromQuery(Name = "column")]
    public string? Column { get; set; }

    /// <summary>Start of the chosen window, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "window")]
    public string? WindowStart { get; set; }

    /// <summary><c>drifting</c> or all.</summary>
    [SupplyParameterFromQuery(Name = "rows")]
    public string? RowsShown { get; set; }

    /// <summary><c>table</c> or the picture.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewShown { get; set; }

    private PageRange Range => PageRange.Of(RangeKey);

    private bool DriftingOnly => RowsShown == "drifting";

    private bool AsTable => ViewShown == "table";

    private IReadOnlySet<string> Columns => Shown is null ? new HashSet<string>() : Shown.Heatmap.Rows.Select(row => row.Column).ToHashSet();

    private CellDetail? Detail => Cell is { } cell && _detail is { } detail && detail.Column == cell.Column && detail.Model.Value == Name ? _detail : null;

    /// <summary>The cell of the URL; without one, the worst feature's newest window that can be told.</summary>
    private (string Column, DateTimeOffset Window)? Cell
    {
        get
        {
            if (Shown is not { Heatmap: { Windows.Count: > 0 } heatmap }) { return null; }
            var row = HeatmapOrder.BySeverity(heatmap.Rows).FirstOrDefault(row => Column is null || row.Column == Column);
            if (row is null) { return null; }
            if (InstantWords.FromIso(WindowStart) is { } window) { return (row.Column, window); }
            int last = heatmap.Windows.Count - 1;
            while (last > 0 && (last >= row.Cells.Count || row.Cells[last] is null)) { last--; }
            return (row.Column, heatmap.Windows[last].Start);
        }
    }

    protected override async Task<ModelPage?> LoadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!ModelKey.TryParse(Name, out var model)) { return null; }
        return await Views.ModelAsync(model, Range.Length, now, cancellationToken);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != (Name, Range))
        {
            _loaded = (Name, Range);
            await ReloadAsync();
            // Only a response can say 404. A page that is live waits instead: the model may be defined the next moment.
            if (Shown is null && FailingSince is null && Response is not null) { Navigation.NotFound(); }
        }
        await LoadCellAsync();
    }

    protected override Task RefreshedAsync() => LoadCellAsync();

    private async Task LoadCellAsync()
    {
        if (Cell is not { } cell || Shown is not { } page)
        {
            _loadedCell = null;
            return;
        }
        var wanted = (page.Model, cell.Column, Range.Length, cell.Window);
        if (_loadedCell == wanted) { return; }
        _loadedCell = wanted;
        if (_loadingCell is { } older) { await older.CancelAsync(); }
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        _loadingCell = loading;
        try
        {
            var detail = await Views.CellAsync(page.Model, cell.Column, Range.Length, cell.Window, loading.Token);
            if (_loadingCell == loading) { _detail = detail; }
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            // Another cell was chosen, or the page is gone.
        }
#pragma warning disable CA1031 // The edge where a failing store becomes a line on the page instead of a dead circuit.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_loadingCell != loading) { return; }
            _loadedCell = null; // The next refresh tries again.
            Fail(exception);
        }
        finally
        {
            if (_loadingCell == loading) { _loadingCell = null; }
        }
    }

    private void ChooseRange(PageRange range) => Go(("range", range.Key), ("window", null));

    private void ChooseMeasure(string measure) => Go(("measure", measure));

    private void ChooseCell((string Column, DateTimeOffset Window) cell) => Go(("column", cell.Column), ("window", InstantWords.Iso(cell.Window)));

    private void ChooseColumn(string column) => Go(("column", column));

    private void ChooseRows(bool driftingOnly) => Go(("rows", driftingOnly ? "drifting" : null));

    private void ChooseView(bool asTable) => Go(("view", asTable ? "table" : null));

    // Looking around is no journey: Back leaves the model instead of walking through every cell.
    private void Go(params (string Name, string? Value)[] changes) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => (object?)change.Value)), replace: true);
}
