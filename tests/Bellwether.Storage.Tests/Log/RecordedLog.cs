using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bellwether.Storage.Tests.Log;

/// <summary>Keeps what an operator would be told; warnings and worse stand in the test's output too.</summary>
internal sealed class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> At(LogLevel level) => _lines.Where(line => line.Level == level).Select(line => line.Text);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue((logLevel, formatter(state, exception)));
        if (logLevel >= LogLevel.Warning) { TestContext.Current.TestOutputHelper?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}"); }
    }
}
