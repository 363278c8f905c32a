using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bellwether.Dashboard;

/// <summary>How a server takes the dashboard in. It brings the pages; the server registers the <c>IModelViews</c> they show.</summary>
public static class DashboardHost
{
    /// <summary>Adds what the pages need. A <see cref="TimeProvider"/> already registered is kept.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    /// <summary>
    /// Maps the pages, their circuit and their static files. Call after authentication and authorization are in the pipeline, and build the host
    /// with its content root at <c>AppContext.BaseDirectory</c>: started from another folder, every static file would be 200 and empty.
    /// </summary>
    /// <returns>The pages, for conventions such as required authorization.</returns>
    public static RazorComponentsEndpointConventionBuilder MapDashboard(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
