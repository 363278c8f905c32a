using System.CommandLine;
using System.CommandLine.Help;

namespace Bellwether.Server.Hosting;

/// <summary>The verbs of the server: <c>serve</c> and <c>demo</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one verb until it is told to stop. 0 after a clean stop, 1 with one line on the error stream otherwise.</summary>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Bellwether watches machine-learning models in production: it keeps every prediction, joins the truth when it arrives, and says what changed.");
        root.Subcommands.Add(Serve(output, error));
        root.Subcommands.Add(Demo(output, error));
        root.Options.OfType<HelpOption>().Single().Description = "Says what a verb does and takes.";
        root.Options.OfType<VersionOption>().Single().Description = "Says which version this is.";
        // The host listens to Ctrl+C and SIGTERM itself and stops in order; the parser's own time-out would cut that short.
        var configuration = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return root.Parse(args).InvokeAsync(configuration, cancellationToken);
    }

    private static Command Serve(TextWriter output, TextWriter error)
    {
        var shared = new SharedSettings("bellwether-data");
        var command = new Command("serve", "Runs the server: ingest, evaluation, alerts, pages and the HTTP API.");
        shared.AddTo(command);
        command.SetAction((result, cancellationToken) => BellwetherServer.RunAsync(shared.Read(result), output, error, cancellationToken));
        return command;
    }

    private static Command Demo(TextWriter output, TextWriter error)
    {
        var shared = new SharedSettings(null);
        var seed = new Option<int>("--seed") { Description = "Seed of the demo's data: the same seed gives the same rows.", DefaultValueFactory = _ => 1 };
        var calm = new Option<bool>("--no-drift") { Description = "Shows a world in which nothing goes wrong." };
        var command = new Command("demo", "Runs the server over a history made for it, so that there is something to see at once.") { seed, calm };
        shared.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            var options = shared.Read(result) with { Demo = new DemoSettings(result.GetValue(seed), !result.GetValue(calm)) };
            return BellwetherServer.RunAsync(options, output, error, cancellationToken);
        });
        return command;
    }

    /// <summary>What both verbs take.</summary>
    private sealed class SharedSettings(string? dataFolder)
    {
        private readonly Option<string?> _data = new("--data")
        {
            Description = dataFolder is null
                ? "Empty folder where the demo is kept; without it a temporary one, removed at the end."
                : "Folder where everything is kept; created when missing. One server at a time.",
            HelpName = "DIR",
            DefaultValueFactory = _ => dataFolder,
        };

        private readonly Option<string> _urls = new("--urls")
        {
            Description = "Addresses to listen on, separated by ';'. Port 0 takes a free one.",
            HelpName = "URLS",
            DefaultValueFactory = _ => ServerOptions.DefaultUrl,
        };

        private readonly Option<bool> _insecure = new("--insecure")
        {
            Description = "Allows addresses that other machines can reach, although anyone there may then read and write everything.",
        };

        private readonly Option<string[]> _webhooks = new("--webhook")
        {
            Description = "Posts each alert to this address; may be given several times.",
            HelpName = "URL",
            DefaultValueFactory = _ => [],
        };

        public void AddTo(Command command)
        {
            command.Options.Add(_data);
            command.Options.Add(_urls);
            command.Options.Add(_insecure);
            command.Options.Add(_webhooks);
        }

        public ServerOptions Read(ParseResult result) => new()
        {
            // A new folder that only this user can read: a name made from the process's number could be taken, by chance or on purpose.
            DataFolder = result.GetValue(_data) is { } data ? Path.GetFullPath(data) : Directory.CreateTempSubdirectory("bellwether-demo-").FullName,
            IsTemporary = result.GetValue(_data) is null,
            Urls = result.GetValue(_urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Insecure = result.GetValue(_insecure),
            Webhooks = result.GetValue(_webhooks)!,
        };
    }
}
