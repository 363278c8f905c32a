using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Bellwether.Dashboard.Layout;

/// <summary>The rail on the left and the page beside it.</summary>
public sealed partial class MainLayout
{
    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // The base address is the root, so a bare fragment would leave the page.
    private string SkipTarget => Navigation.ToAbsoluteUri(Navigation.Uri).PathAndQuery + "#content";

    // The list and each model's page belong to the one entry.
    private bool IsAmongModels => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0] is "" ||
        Navigation.ToBaseRelativePath(Navigation.Uri).StartsWith("models/", StringComparison.Ordinal);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) { return; }
        try
        {
            // For tests and style: from here on clicks are answered.
            await Browser.InvokeVoidAsync("document.documentElement.setAttribute", "data-interactive", "");
        }
        catch (JSDisconnectedException)
        {
            // Closed before it was ready.
        }
    }
}
