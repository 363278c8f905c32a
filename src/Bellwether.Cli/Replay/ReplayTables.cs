using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Drift;
using Spectre.Console;

namespace Bellwether.Cli.Replay;

/// <summary>A replay's report for people.</summary>
internal static class ReplayTables
{
    public static void Print(IAnsiConsole console, ReplayReport report)
    {
        string windows = report.Windows.Count == 0 ? "no window"
            : $"{report.Windows.Count} windows from {Instant(report.Windows[0].Start)} to {Instant(report.Windows[^1].End)}";
        console.MarkupLine(Markup.Escape($"{report.Model}: {report.Findings.Count} findings and {report.Alerts.Count} alerts in {windows}, {report.Windows.Sum(w => w.Rows).ToString("N0", CultureInfo.InvariantCulture)} rows."));
        if (report.Findings.Count > 0)
        {
            var findings = new Table().Title("Findings").AddColumns("Severity", "Since", "Window ends", "Topic", "Column", "Size", "What");
            foreach (var finding in report.Findings)
            {
                findings.AddRow(
                    Colored(finding.Severity), Instant(finding.Since), Instant(finding.Window.End), Markup.Escape(finding.Topic), Markup.Escape(ColumnWords.Of(finding.Column)), Markup.Escape(Size(finding.Size)),
                    Markup.Escape(finding.Text));
            }
            console.Write(findings);
        }
        if (report.Alerts.Count > 0)
        {
            var alerts = new Table().Title("Alerts").AddColumns("State", "Severity", "From", "To", "Monitor", "Column", "What");
            foreach (var alert in report.Alerts)
            {
                alerts.AddRow(
                    Markup.Escape(State(alert.State)), Colored(alert.Severity), Instant(alert.StartsAt), alert.EndsAt is { } end ? Instant(end) : "", Markup.Escape(alert.Monitor), Markup.Escape(ColumnWords.Of(alert.Column)),
                    Markup.Escape(alert.Text));
            }
            console.Write(alerts);
        }
    }

    /// <summary>The word carries the meaning; colour only repeats it.</summary>
    private static string Colored(Severity severity) => severity switch
    {
        Severity.Critical => "[red]critical[/]",
        Severity.Major => "[darkorange]major[/]",
        Severity.Warning => "[yellow]warning[/]",
        _ => "info",
    };

    private static string State(AlertState state) => state.ToString().ToLowerInvariant();

    private static string Size(FindingSize size)
    {
        string interval = size is { Low: { } low, High: { } high } ? $" ({Short(low)} to {Short(high)})" : "";
        return $"{size.Measure} {Short(size.Value)}{interval} {size.Unit}";
    }

    private static string Short(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
