namespace Bellwether.Server.Evaluation;

/// <summary>How many models are evaluated at once: one a core, so that memory stays bounded and ingest keeps its share.</summary>
internal sealed class EvaluationSlots : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount));

    /// <summary>Runs work on the pool once a place is free: a grain's own scheduler must not carry long calculations.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
