using System.Diagnostics;
using System.Globalization;

namespace Bellwether.Acceptance.Tests;

/// <summary>
/// A server on a disk of its own, small enough to fill or not to be written at all: a tmpfs in a mount namespace, which any user may
/// make where the kernel allows it. When the server ends, the disk is enlarged and the server started again, once.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Script =
        """
        mount -t tmpfs -o "$1" bellwether "$2" || exit 90
        if [ "$5" = once ]; then exec dotnet "$3" serve --data "$2" --urls "$4"; fi
        dotnet "$3" serve --data "$2" --urls "$4" & echo "pid $!"
        wait $!
        mount -o remount,size=256m "$2"
        exec dotnet "$3" serve --data "$2" --urls "$4"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public SmallDisk(string mountOptions, bool restart)
    {
        var start = new ProcessStartInfo(
            "unshare",
            ["-rm", "sh", "-c", Script, "sh", mountOptions, _folder.Path, ServerProcess.Program, "http://127.0.0.1:0", restart ? "again" : "once"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    public string Folder => _folder.Path;

    /// <summary>Skips the test where no disk can be made.</summary>
    public static async Task RequireAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var folder = new TemporaryFolder();
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "probe", folder.Path]) { RedirectStandardError = true })!;
            await probe.WaitForExitAsync(cancellationToken);
            Assert.SkipWhen(probe.ExitCode != 0, "This user may not mount a disk of its own here (unshare -rm).");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("unshare is not installed, so no disk of its own can be made.");
        }
    }

    /// <summary>The first process of the server.</summary>
    public async Task<int> ReadProcessAsync(CancellationToken cancellationToken) =>
        int.Parse((await ReadAsync("pid ", cancellationToken)), CultureInfo.InvariantCulture);

    /// <summary>Waits until the server, or the next one, listens.</summary>
    public async Task<HttpClient> ReadyAsync(CancellationToken cancellationToken) =>
        new() { BaseAddress = new Uri(await ReadAsync("Bellwether is ready: ", cancellationToken)), Timeout = TimeSpan.FromMinutes(1) };

    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        string error = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, error.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ReadAsync(string start, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), cancellationToken) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) { return line[start.Length..]; }
        }
        throw new InvalidOperationException($"The server ended before it said '{start}': {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
    }
}
