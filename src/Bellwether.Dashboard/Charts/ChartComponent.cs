using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Bellwether.Dashboard.Charts;

/// <summary>
/// A chart drawn in the browser by <c>charts.js</c>. The chart library is fetched only when a page holds one of these, and a chart is
/// sent to the browser only when what it shows has changed.
/// </summary>
public abstract partial class ChartComponent : ComponentBase, IAsyncDisposable
{
    private Task<(IJSObjectReference Module, IJSObjectReference Chart)>? _starting;
    private string? _sent;

    [Inject]
    protected IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>Where the chart is drawn.</summary>
    protected ElementReference Host { get; set; }

    /// <summary>Function of <c>charts.js</c> that makes the chart.</summary>
    protected abstract string Kind { get; }

    /// <summary>What to draw, as JSON; null while there is nothing, and then the host element may be absent.</summary>
    protected abstract string? Spec();

    /// <summary>What the making function gets besides the host.</summary>
    protected virtual object? Peer => null;

    /// <summary>Called once what was drawn last is on screen.</summary>
    protected virtual ValueTask DrawnAsync(IJSObjectReference chart) => ValueTask.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Spec() is null)
        {
            await RemoveAsync(); // The host left the page, and would come back as another element.
            return;
        }
        try
        {
            // Renders come faster than the library loads: all of them wait for the one start.
            var starting = _starting ??= StartAsync();
            var (_, chart) = await starting;
            if (_starting != starting) { return; } // Removed meanwhile.
            if (Spec() is { } latest && latest != _sent)
            {
                _sent = latest;
                await chart.InvokeVoidAsync("update", latest);
            }
            await DrawnAsync(chart);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            // The page closed meanwhile.
        }
        catch (JSException exception)
        {
            // A picture that cannot be drawn must not take the page with it: verdict, table and alerts stand without.
            LogFailed(Loggers.CreateLogger(GetType()), exception);
        }
    }

    private async Task RemoveAsync()
    {
        if (_starting is not { } starting) { return; }
        (_starting, _sent) = (null, null);
        try
        {
            var (module, chart) = await starting; // One that is still loading would stay on a host that is gone.
            await chart.InvokeVoidAsync("remove");
            await chart.DisposeAsync();
            await module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            // It never started, or the page is gone and the chart with it.
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<(IJSObjectReference Module, IJSObjectReference Chart)> StartAsync()
    {
        var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./_content/Bellwether.Dashboard/charts.js");
        return (module, await module.InvokeAsync<IJSObjectReference>(Kind, Host, Peer));
    }

    [LoggerMessage(LogLevel.Warning, "A chart could not be drawn")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
