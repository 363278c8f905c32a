using Bellwether.Server.Hosting;

namespace Bellwether.Server;

/// <summary>The server's process: <c>serve</c> and <c>demo</c>.</summary>
public static partial class Program
{
    /// <summary>Runs until the process is asked to stop. 0 after a clean stop, 1 when it could not start.</summary>
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
}
