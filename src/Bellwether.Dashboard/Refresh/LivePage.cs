using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Bellwether.Dashboard.Refresh;

/// <summary>
/// A page that loads what it shows again every few seconds while someone looks at it. A newer load cancels the older, and a load that
/// fails keeps what is on screen and says so.
/// </summary>
/// <typeparam name="TShown">What is loaded; null where there is nothing of that name.</typeparam>
public abstract partial class LivePage<TShown> : ComponentBase, IDisposable
    where TShown : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private CancellationTokenSource? _loading;

    protected LivePage() => Closed = _closed.Token; // Kept, as a source that is disposed gives none.

    [Inject]
    protected TimeProvider Time { get; set; } = TimeProvider.System;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>What the last load that succeeded brought.</summary>
    protected TShown? Shown { get; private set; }

    /// <summary>False until the first load ended, well or badly.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Since when loads have failed; null while they succeed.</summary>
    protected DateTimeOffset? FailingSince { get; private set; }

    /// <summary>The instant the page speaks from: when the load on screen began.</summary>
    protected DateTimeOffset Now { get; private set; }

    /// <summary>Loads what the page's parameters ask for.</summary>
    protected abstract Task<TShown?> LoadAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Closed { get; private set; }

    /// <summary>Says on the page that a load failed, until one succeeds.</summary>
    protected void Fail(Exception exception)
    {
        FailingSince ??= Time.GetUtcNow();
        LogFailed(Loggers.CreateLogger(GetType()), exception);
    }

    /// <summary>Called after a load by the clock, before the page is drawn again.</summary>
    protected virtual Task RefreshedAsync() => Task.CompletedTask;

    /// <summary>Loads at once, in place of any load under way.</summary>
    protected async Task ReloadAsync()
    {
        if (Closed.IsCancellationRequested) { return; }
        if (_loading is { } older) { await older.CancelAsync(); }
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        _loading = loading;
        var now = Time.GetUtcNow();
        try
        {
            var shown = await LoadAsync(now, loading.Token);
            if (_loading != loading) { return; } // It ended although cancelled: what came after it counts.
            Shown = shown;
            Now = now;
            FailingSince = null;
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // The edge where a failing store becomes a line on the page instead of a dead circuit.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_loading != loading) { return; }
            Fail(exception);
        }
        finally
        {
            if (_loading == loading) { _loading = null; }
        }
        IsLoaded = true;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) { _ = PollAsync(); } // Ends with the page: Dispose cancels it.
    }

    /// <summary>Stops loading.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Closed))
            {
                await InvokeAsync(async () =>
                {
                    // A load that takes longer than the interval is left to end; cancelling it each time would never show anything.
                    if (_loading is null)
                    {
                        await ReloadAsync();
                        await RefreshedAsync();
                        StateHasChanged();
                    }
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    [LoggerMessage(LogLevel.Warning, "A page could not be loaded; it keeps what it shows")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
