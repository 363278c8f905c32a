using System.Net;
using System.Net.Sockets;
using Bellwether.Server.Hosting;

namespace Bellwether.Server.Tests.Hosting;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bellwether-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_taken_port_is_one_line_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Equal(1, await RunAsync("serve", "--data", _folder, "--urls", url));
        Assert.Equal($"Another program already listens on {url}. Stop it, or choose another address with --urls.", Line());
    }

    [Fact]
    public async Task A_data_folder_in_use_is_one_line_and_exit_code_1()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        Assert.Equal(1, await RunAsync("serve", "--data", server.Folder, "--urls", "http://127.0.0.1:0"));
        Assert.Contains("in use by another process", Line(), StringComparison.Ordinal);
        Assert.Contains(server.Folder, Line(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_one_line_and_exit_code_1()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        Assert.Equal(1, await RunAsync("serve", "--data", file, "--urls", "http://127.0.0.1:0"));
        Assert.Contains(file, Line(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_open_to_others_is_refused_before_anything_is_opened()
    {
        string data = Path.Combine(_folder, "data");
        Assert.Equal(1, await RunAsync("serve", "--data", data, "--urls", "http://0.0.0.0:0"));
        Assert.Contains("--insecure", Line(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task No_address_at_all_is_refused()
    {
        Assert.Equal(1, await RunAsync("serve", "--data", Path.Combine(_folder, "data"), "--urls", ""));
        Assert.StartsWith("--urls names no address", Line(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_is_no_address_is_refused()
    {
        Assert.Equal(1, await RunAsync("serve", "--data", Path.Combine(_folder, "data"), "--urls", "http://127.0.0.1:0", "--webhook", "ftp://x"));
        Assert.StartsWith("'ftp://x' is no address to post alerts to", Line(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    public async Task Help_names_every_option(string verb)
    {
        Assert.Equal(0, await RunAsync(verb, "--help"));
        string help = _output.ToString();
        Assert.All((string[])["--data", "--urls", "--insecure", "--webhook", ServerOptions.DefaultUrl], option => Assert.Contains(option, help, StringComparison.Ordinal));
        Assert.Equal(verb == "demo", help.Contains("--no-drift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_verb_is_exit_code_1() => Assert.Equal(1, await RunAsync("sevre"));

    [Fact]
    public void Full_and_read_only_disks_are_told_apart()
    {
        var options = new ServerOptions { DataFolder = _folder };
        Assert.Contains("is full", StartupFaults.Explain(new IOException("No space left on device", 28), options), StringComparison.Ordinal);
        Assert.Contains("is full", StartupFaults.Explain(new Microsoft.Data.Sqlite.SqliteException("x", 13), options), StringComparison.Ordinal);
        Assert.Contains("cannot be written", StartupFaults.Explain(new UnauthorizedAccessException("Access denied"), options), StringComparison.Ordinal);
        Assert.Contains("cannot be written", StartupFaults.Explain(new IOException("Read-only file system", 30), options), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', StartupFaults.Explain(new InvalidOperationException("two\nlines"), options));
    }

    [Fact]
    public async Task A_server_says_where_it_listens_and_stops_when_told()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = CommandLine.RunAsync(["serve", "--data", Path.Combine(_folder, "data"), "--urls", "http://127.0.0.1:0"], _output, _error, stop.Token);
        while (!_output.ToString().Contains('\n') && !running.IsCompleted) { await Task.Delay(50, Cancel); }
        string line = _output.ToString().Trim();
        Assert.StartsWith("Bellwether is ready: http://127.0.0.1:", line, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri($"{line["Bellwether is ready: ".Length..]}/health/ready"), Cancel));
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Equal("", _error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, _output, _error, Cancel);

    private string Line() => Assert.Single(_error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
}
