using System.Diagnostics;

namespace Bellwether.Acceptance.Tests;

/// <summary>A real server in a process of its own, so that it can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors = [];

    private ServerProcess(Process process) => _process = process;

    /// <summary>The server that was built beside these tests.</summary>
    public static string Program { get; } = Path.Combine(
        RepositoryFolder.Root, "src", "Bellwether.Server", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0", "Bellwether.Server.dll");

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    /// <summary>Starts a verb and waits for the line that says where it listens.</summary>
    public static async Task<ServerProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var server = Launch(["--urls", "http://127.0.0.1:0", .. arguments[1..]], arguments[0]);
        while (await server._process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), cancellationToken) is { } line)
        {
            if (!line.StartsWith("Bellwether is ready: ", StringComparison.Ordinal)) { continue; }
            server.Http = new HttpClient { BaseAddress = new Uri(line["Bellwether is ready: ".Length..]), Timeout = TimeSpan.FromMinutes(2) };
            return server;
        }
        await server._process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException($"The server did not start: {string.Join('\n', server._errors)}");
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var server = Launch(arguments[1..], arguments[0]);
        await server._process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        server._process.WaitForExit();
        lock (server._errors) { return (server._process.ExitCode, string.Join('\n', server._errors)); }
    }

    /// <summary>What kill -9 does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>What SIGTERM does; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) { await kill.WaitForExitAsync(); }
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { await StopAsync(); } // In order, so that a temporary folder goes with it.
        _process.Dispose();
        Http?.Dispose();
    }

    private static ServerProcess Launch(IEnumerable<string> options, string verb)
    {
        var start = new ProcessStartInfo("dotnet", [Program, verb, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var server = new ServerProcess(Process.Start(start)!);
        server._process.ErrorDataReceived += (_, line) =>
        {
            lock (server._errors) { if (line.Data is { } text) { server._errors.Add(text); } }
        };
        server._process.BeginErrorReadLine();
        return server;
    }
}
