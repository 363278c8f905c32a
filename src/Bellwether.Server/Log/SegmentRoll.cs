using Bellwether.Server.Hosting;

namespace Bellwether.Server.Log;

/// <summary>
/// Has the log roll its past days into Parquet files, once an hour. A day is ready when every window with its rows is closed, which the
/// metadata say in the same transaction that stores the summaries. Whatever goes wrong is told and tried again; taking rows never waits for it.
/// </summary>
internal sealed partial class SegmentRoll(DataFolder data, TimeProvider time, ILogger<SegmentRoll> logger) : BackgroundService
{
    /// <summary>A start has other work at first.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await data.Opened.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(First, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Interval;
            try
            {
                await data.Log.RollAsync((model, cancellationToken) => data.Store.ClosedThroughAsync(model, cancellationToken), time.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A background service that throws would stop the whole server.
                LogFailed(Interval, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Past days could not be rolled into files; the next try is in {Interval}")]
    private partial void LogFailed(TimeSpan interval, Exception exception);
}
