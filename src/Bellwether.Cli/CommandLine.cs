using System.CommandLine;
using System.CommandLine.Help;
using Bellwether.Cli.Drift;
using Bellwether.Cli.Replay;
using Bellwether.Client;
using Bellwether.Storage.Log;

namespace Bellwether.Cli;

/// <summary>The verbs of the tool, and the one edge where its failures become a sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one verb.</summary>
    /// <param name="output">Results, nothing else.</param>
    /// <param name="error">Progress, warnings and what is wrong.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Bellwether watches machine-learning models in production. This tool works on files, without a server or with one.")
        {
            ReplayCommand.Create(output, error),
            CompareCommand.Create(output, error),
        };
        root.Options.OfType<HelpOption>().Single().Description = "Says what a verb does and takes.";
        root.Options.OfType<VersionOption>().Single().Description = "Says which version this is.";
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors) { await error.WriteLineAsync(fault.Message); }
            await error.WriteLineAsync($"Try: bellwether {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help");
            return ExitCode.BadInput;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (Exception exception) when (exception is InputException or TableFileException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.BadInput;
        }
        catch (BellwetherException exception)
        {
            await error.WriteLineAsync(exception.Message);
            foreach (var fault in exception.Faults) { await error.WriteLineAsync("  " + InputException.Describe("", fault)); }
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped.");
            return ExitCode.Stopped;
        }
    }
}
