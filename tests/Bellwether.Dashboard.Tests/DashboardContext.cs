using Bellwether.Dashboard.Tests.Samples;
using Bellwether.Monitoring.Overview;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bellwether.Dashboard.Tests;

/// <summary>Renders pages over the sample fleet at a fixed time: Friday, 24 July 2026, 12:00 UTC.</summary>
public abstract class DashboardContext : BunitContext
{
    private protected static readonly DateTimeOffset Now = new(2026, 7, 24, 12, 0, 0, TimeSpan.Zero);

    protected DashboardContext()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(20); // A busy machine is no failure.
        Views = new SampleViews(Now);
        Services.AddSingleton<IModelViews>(Views);
        Services.AddSingleton<TimeProvider>(Time);
        JSInterop.Mode = JSRuntimeMode.Loose; // Charts are drawn by a browser; the sketches they are drawn from are tested on their own.
    }

    private protected SampleViews Views { get; }

    private protected FakeTimeProvider Time { get; } = new(Now);
}
