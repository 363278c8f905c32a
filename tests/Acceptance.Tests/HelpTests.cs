using System.Globalization;
using System.Text.RegularExpressions;

namespace Bellwether.Acceptance.Tests;

/// <summary>What <c>--help</c> of both programs says.</summary>
public sealed partial class HelpTests
{
    public static readonly TheoryData<bool, string, string[]> Verbs = new()
    {
        { true, "", ["serve", "demo", "--help", "--version"] },
        { true, "serve", ["--data", "--urls", "--insecure", "--webhook", "--help"] },
        { true, "demo", ["--seed", "--no-drift", "--data", "--urls", "--insecure", "--webhook", "--help"] },
        { false, "", ["replay", "compare", "--help", "--version"] },
        { false, "replay", ["--plan", "--reference", "--predictions", "--outcomes", "--server", "--fail-on", "--output", "--help"] },
        { false, "compare", ["REFERENCE", "CURRENT", "--timestamp", "--id", "--prediction", "--score", "--outcome", "--ignore", "--fail-above", "--output", "--help"] },
    };

    [Theory, MemberData(nameof(Verbs))]
    public async Task Help_names_each_option_with_a_sentence_and_exits_0(bool isServer, string verb, string[] names)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] arguments = verb.Length == 0 ? ["--help"] : [verb, "--help"];
        int code = isServer
            ? await Server.Hosting.CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken)
            : await Cli.CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (code, error.ToString()));
        // After the usage line everything indented is an option, an argument or a verb with what it does.
        string text = output.ToString();
        var entries = text[text.IndexOf("Usage:", StringComparison.Ordinal)..].Split('\n').Skip(2).Select(line => line.TrimEnd())
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => Entry().Match(line)).ToList();
        Assert.All(entries, entry => Assert.True(entry.Success, text));
        Assert.All(entries, entry => Assert.Matches(@"^[A-Z].*\w.*[.)]$", entry.Groups["sentence"].Value));
        Assert.Equal(names.Order(StringComparer.Ordinal), entries.Select(entry => Name(entry.Groups["name"].Value)).Order(StringComparer.Ordinal));
    }

    // "-?, -h, --help" is "--help", "--data <DIR> (REQUIRED)" is "--data", "<REFERENCE>" is "REFERENCE".
    private static string Name(string entry) =>
        entry.Split(',', ' ').FirstOrDefault(part => part.StartsWith("--", StringComparison.Ordinal)) ?? entry.Split(' ')[0].Trim('<', '>');

    [GeneratedRegex(@"^  (?<name>\S.*?)  +(?<sentence>\S.*?)(?: \[default: .*\])?$")]
    private static partial Regex Entry();
}
