using Bellwether.Monitoring.Evaluation;

namespace Bellwether.Storage.Tests.Metadata;

public sealed class MemoryMonitorStoreTests : MonitorStoreContract
{
    private protected override Task<OpenStore> OpenAsync() => Task.FromResult(new OpenStore(new MemoryMonitorStore(), null));
}
