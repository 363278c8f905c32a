using Bellwether.Contracts;
using Bellwether.Monitoring.Overview;

namespace Bellwether.Monitoring.Tests;

/// <summary>Activity that is given beforehand.</summary>
internal sealed class KnownActivity(ModelActivity activity) : IModelActivity
{
    public ModelActivity Of(ModelKey model) => activity;
}
