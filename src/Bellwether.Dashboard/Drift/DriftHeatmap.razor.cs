using System.Text.Json;
using Bellwether.Contracts;
using Bellwether.Dashboard.Charts;
using Bellwether.Dashboard.Wording;
using Bellwether.Monitoring.Overview;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Bellwether.Dashboard.Drift;

/// <summary>Features by windows, the worst on top; as a picture or as a table.</summary>
public sealed partial class DriftHeatmap
{
    /// <summary>More rows than this are shown on demand: the worst come first, and a canvas of a thousand rows helps nobody.</summary>
    private const int MostRows = 40;

    private const int RowHeight = 16;
    private const int AxisHeight = 24;

    private DotNetObjectReference<DriftHeatmap>? _self;
    private string? _spec;
    private bool _all;

    [Parameter, EditorRequired]
    public Heatmap Heatmap { get; set; } = new([], []);

    /// <summary>What is compared with what.</summary>
    [Parameter, EditorRequired]
    public string Subtitle { get; set; } = "";

    /// <summary>Column of the cell chosen.</summary>
    [Parameter]
    public string? Column { get; set; }

    /// <summary>Start of its window.</summary>
    [Parameter]
    public DateTimeOffset? Window { get; set; }

    [Parameter]
    public bool DriftingOnly { get; set; }

    [Parameter]
    public EventCallback<bool> DriftingOnlyChanged { get; set; }

    [Parameter]
    public bool AsTable { get; set; }

    [Parameter]
    public EventCallback<bool> AsTableChanged { get; set; }

    /// <summary>A cell was chosen: its column, and the start of its window.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(string Column, DateTimeOffset Window)> Chosen { get; set; }

    protected override string Kind => "heatmap";

    protected override object? Peer => _self ??= DotNetObjectReference.Create(this);

    private ElementReference HostElement { get => Host; set => Host = value; }

    private IReadOnlyList<HeatmapRow> Rows { get; set; } = [];

    private int HiddenRows { get; set; }

    private int Height => (Rows.Count * RowHeight) + AxisHeight;

    protected override string? Spec() => _spec;

    protected override bool ShouldRender()
    {
        Arrange();
        return true;
    }

    protected override void OnParametersSet() => Arrange();

    protected override async ValueTask DrawnAsync(IJSObjectReference chart)
    {
        int row = Rows.Select((r, i) => (r, i)).Where(pair => pair.r.Column == Column).Select(pair => pair.i).DefaultIfEmpty(-1).First();
        int window = Heatmap.Windows.Select((w, i) => (w, i)).Where(pair => pair.w.Start == Window).Select(pair => pair.i).DefaultIfEmpty(-1).First();
        await chart.InvokeVoidAsync("select", row, window);
    }

    /// <summary>Called from the browser when a cell is clicked or Enter pressed on it.</summary>
    [JSInvokable]
    public Task SelectAsync(string column, int window) =>
        window >= 0 && window < Heatmap.Windows.Count ? InvokeAsync(() => ChooseAsync((column, Heatmap.Windows[window].Start))) : Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _self?.Dispose();
    }

    private Task ChooseAsync((string Column, DateTimeOffset Window) cell) => Chosen.InvokeAsync(cell);

    private void Arrange()
    {
        var sorted = HeatmapOrder.BySeverity(DriftingOnly ? Heatmap.Rows.Where(HeatmapOrder.IsDrifting) : Heatmap.Rows);
        Rows = _all ? sorted : [.. sorted.Take(MostRows)];
        HiddenRows = sorted.Count - Rows.Count;
        _spec = AsTable || Rows.Count == 0 ? null : JsonSerializer.Serialize(HeatmapSpec.Of(Heatmap.Windows, Rows), ChartJson.Default.HeatmapSpec);
    }
}
