using System.CommandLine;
using Bellwether.Monitoring.Log;
using Bellwether.Storage.Log;

namespace Bellwether.Cli.Drift;

/// <summary><c>bellwether compare</c>: how far the columns of one file moved from those of another.</summary>
internal static class CompareCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var reference = new Argument<string>("REFERENCE") { Description = "Rows to compare with (CSV, Parquet)." };
        var current = new Argument<string>("CURRENT") { Description = "Rows to compare (CSV, Parquet)." };
        var timestamp = Role("--timestamp", "Column of event times.");
        var id = Role("--id", "Column of ids.");
        var prediction = Role("--prediction", "Column of the model's answers.");
        var score = Role("--score", "Column of the probability of the positive class; compared as 'the score'.");
        var outcome = Role("--outcome", "Column of outcomes.");
        var ignore = new Option<string[]>("--ignore") { Description = "A column to leave out; may be given several times.", HelpName = "COLUMN", DefaultValueFactory = _ => [] };
        var failAbove = new Option<double?>("--fail-above") { Description = "Exit with 1 when a column's population stability index is above this; .25 is much by custom.", HelpName = "PSI" };
        var format = OutputFormat.Option();
        var command = new Command("compare", "Compares the columns of two files, without a server. Columns that play a part are not features and are left out.")
        {
            reference, current, timestamp, id, prediction, score, outcome, ignore, failAbove, format,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var roles = new ColumnRoles
            {
                Timestamp = result.GetValue(timestamp),
                Id = result.GetValue(id),
                Prediction = result.GetValue(prediction),
                Score = result.GetValue(score),
                Outcome = result.GetValue(outcome),
            };
            var comparisons = await RunAsync(result.GetValue(reference)!, result.GetValue(current)!, roles, [.. result.GetValue(ignore)!], error, cancellationToken);
            if (result.GetValue(format) == OutputFormat.Json) { await output.WriteLineAsync(ComparisonOutput.ToJson(comparisons)); }
            else { ComparisonOutput.Print(OutputFormat.Console(output), comparisons); }
            return result.GetValue(failAbove) is { } limit && comparisons.Any(c => c.Psi > limit) ? ExitCode.Found : ExitCode.Nothing;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ColumnComparison>> RunAsync(
        string referenceFile, string currentFile, ColumnRoles roles, HashSet<string> ignored, TextWriter error, CancellationToken cancellationToken)
    {
        foreach (string file in (string[])[referenceFile, currentFile])
        {
            if (!File.Exists(file)) { throw new InputException($"{file}: there is no such file."); }
        }
        var reference = await TableFile.ReadAsync(referenceFile, roles, null, TimeZoneInfo.Utc, cancellationToken);
        if (reference.Rows.Count == 0) { throw new InputException($"{referenceFile}: the file has no rows."); }
        // The reference says what is a number: a current file whose numbers became text has type errors, not another type.
        var types = reference.Rows.Features.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
        var current = await TableFile.ReadAsync(currentFile, roles with { Types = types }, null, TimeZoneInfo.Utc, cancellationToken);
        if (current.Rows.Count == 0) { throw new InputException($"{currentFile}: the file has no rows."); }
        var names = current.Rows.Features.Select(f => f.Name).Where(name => !ignored.Contains(name)).ToHashSet(StringComparer.Ordinal);
        foreach (string name in types.Keys.Where(name => !names.Contains(name) && !ignored.Contains(name))) { await error.WriteLineAsync($"{currentFile}: column '{name}' of the reference is missing."); }
        foreach (string name in names.Where(name => !types.ContainsKey(name))) { await error.WriteLineAsync($"{currentFile}: column '{name}' is not in the reference."); }
        return [.. ColumnComparison.Compare(reference, current).Where(c => !ignored.Contains(c.Column))];
    }

    private static Option<string?> Role(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
