using System.CommandLine;
using Spectre.Console;

namespace Bellwether.Cli;

/// <summary>How results are printed.</summary>
internal static class OutputFormat
{
    public const string Table = "table";
    public const string Json = "json";

    /// <summary>The option <c>-o</c> that every verb has.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--output", "-o") { Description = "How to print the result.", DefaultValueFactory = _ => Table };
        option.AcceptOnlyFromAmong(Json, Table);
        return option;
    }

    /// <summary>A console over a writer; wide where nobody watches, so that no line of a log is folded.</summary>
    public static IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal) { console.Profile.Width = 240; }
        return console;
    }
}
