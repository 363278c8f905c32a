using System.CommandLine;
using Bellwether.Client;
using Bellwether.Contracts;
using Spectre.Console;

namespace Bellwether.Cli.Replay;

/// <summary><c>bellwether replay</c>: what would have been found, had a plan been in force over the rows of some files?</summary>
internal static class ReplayCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var plan = new Option<string>("--plan") { Description = "The plan: which columns play which part, and which limits hold.", HelpName = "FILE", Required = true };
        var reference = new Option<string>("--reference") { Description = "Rows that later ones are compared with (CSV, Parquet).", HelpName = "FILE", Required = true };
        var predictions = new Option<string>("--predictions") { Description = "Rows to replay, in order of their event time (CSV, Parquet).", HelpName = "FILE", Required = true };
        var outcomes = new Option<string?>("--outcomes") { Description = "What turned out true, by id (CSV, Parquet); not needed where the predictions hold it.", HelpName = "FILE" };
        var server = new Option<string?>("--server") { Description = "Replays through this server instead of in this process; the model must be new to it.", HelpName = "URL" };
        var failOn = new Option<string>("--fail-on") { Description = "Exit with 1 when a finding is at least this severe.", DefaultValueFactory = _ => "warning" };
        failOn.AcceptOnlyFromAmong("info", "warning", "major", "critical");
        var format = OutputFormat.Option();
        var command = new Command("replay", "Replays files of predictions under a plan and prints what would have been found.") { plan, reference, predictions, outcomes, server, failOn, format };
        command.SetAction(async (result, cancellationToken) =>
        {
            var files = new ReplayFiles(result.GetValue(reference)!, result.GetValue(predictions)!, result.GetValue(outcomes));
            var report = await RunAsync(result.GetValue(plan)!, files, Address(result.GetValue(server)), error, cancellationToken);
            if (result.GetValue(format) == OutputFormat.Json) { await output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(report.ToJson())); }
            else { ReplayTables.Print(OutputFormat.Console(output), report); }
            return report.Has(Enum.Parse<Severity>(result.GetValue(failOn)!, ignoreCase: true)) ? ExitCode.Found : ExitCode.Nothing;
        });
        return command;
    }

    private static Uri? Address(string? server) => server is null ? null
        : Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InputException($"--server: '{server}' is no address such as http://127.0.0.1:5080.");

    private static async Task<ReplayReport> RunAsync(string planFile, ReplayFiles files, Uri? server, TextWriter error, CancellationToken cancellationToken)
    {
        foreach (string? file in (string?[])[planFile, files.Reference, files.Predictions, files.Outcomes])
        {
            if (file is not null && !File.Exists(file)) { throw new InputException($"{file}: there is no such file."); }
        }
        var plan = await ReplayPlan.ReadAsync(planFile, cancellationToken);
        ReplayReport report = null!;
        await OutputFormat.Console(error).Progress().AutoClear(true).StartAsync(async context =>
        {
            var reading = context.AddTask("Reading files").IsIndeterminate();
            var input = await ReplayInput.ReadAsync(plan, files, cancellationToken);
            foreach (string warning in input.Warnings) { await error.WriteLineAsync(warning); }
            Done(reading);
            report = server is null ? await OfflineAsync(context, plan, input, cancellationToken) : await OnServerAsync(context, server, plan, input, cancellationToken);
        });
        return report;
    }

    private static async Task<ReplayReport> OfflineAsync(ProgressContext context, ReplayPlan plan, ReplayInput input, CancellationToken cancellationToken)
    {
        var task = context.AddTask("Evaluating windows").IsIndeterminate();
        var report = await Task.Run(() => OfflineReplay.RunAsync(plan, input, cancellationToken), cancellationToken);
        Done(task);
        return report;
    }

    private static async Task<ReplayReport> OnServerAsync(ProgressContext context, Uri server, ReplayPlan plan, ReplayInput input, CancellationToken cancellationToken)
    {
        long rows = input.Predictions.Rows.Count + input.KnownAt.LongCount(known => known != long.MaxValue);
        var task = context.AddTask(Markup.Escape($"Sending to {server.Host}:{server.Port}"), maxValue: rows);
        // A close answers when years of windows are evaluated, so an attempt may take long.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var client = new BellwetherClient(http, server, new BellwetherClientOptions { AttemptTimeout = TimeSpan.FromMinutes(30) });
        return await ServerReplay.RunAsync(client, plan, input, new Progress<long>(sent => task.Value = sent), cancellationToken);
    }

    private static void Done(ProgressTask task)
    {
        task.IsIndeterminate(false);
        task.Value = task.MaxValue;
    }
}
