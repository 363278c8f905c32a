using System.Collections.Immutable;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Drift;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Log;

namespace Bellwether.Monitoring.Alerts;

/// <summary>
/// The alerts of one model that are in force. Identity is (model, monitor, column, segment), never severity, version or a value, so
/// that a finding that grows changes its alert rather than raising a second one. Times are event times.
/// </summary>
public sealed class AlertBook(ModelKey model, IEnumerable<Alert> firing)
{
    private const string Engine = "bellwether";

    private readonly SortedDictionary<string, Alert> _firing = new(
        firing.ToDictionary(a => Identity(a.Monitor, a.Column)), StringComparer.Ordinal);

    private readonly List<AlertNotification> _notifications = [];

    /// <summary>Alerts in force, by identity.</summary>
    public IReadOnlyCollection<Alert> Firing => _firing.Values;

    /// <summary>Raises an alert, or notes in the one in force that its severity or its finding changed.</summary>
    public void Raise(string monitor, Finding finding, DateTimeOffset at)
    {
        string identity = Identity(monitor, finding.Column);
        if (!_firing.TryGetValue(identity, out var alert))
        {
            Put(identity, "firing", new Alert(
                FindingIds.Digest($"{model}\n{identity}\n{at.ToMicroseconds()}"), model, monitor, finding.Column, finding.Segment, AlertState.Firing,
                finding.Severity, at, null, [finding.Id], finding.Text, [new AlertStep(at, "firing", Engine)], finding.Since));
            return;
        }
        if (alert.Severity == finding.Severity) { return; } // The same news again is no news.
        Put(identity, "changed", alert with
        {
            Severity = finding.Severity,
            Text = finding.Text,
            Since = finding.Since,
            Findings = [.. alert.Findings, finding.Id],
            History = [.. alert.History, new AlertStep(at, $"changed: severity {Name(alert.Severity)} to {Name(finding.Severity)}", Engine)],
        });
    }

    /// <summary>Resolves the alert of a monitor and column, if it fires.</summary>
    public void Resolve(string monitor, string column, DateTimeOffset at, string reason)
    {
        string identity = Identity(monitor, column);
        if (!_firing.TryGetValue(identity, out var alert)) { return; }
        Put(identity, "resolved", alert with
        {
            State = AlertState.Resolved,
            EndsAt = at,
            History = [.. alert.History, new AlertStep(at, $"resolved: {reason}", Engine)],
        });
        _firing.Remove(identity);
    }

    /// <summary>Resolves alerts of monitors that a new plan no longer has.</summary>
    public void KeepOnly(Func<Alert, bool> stays, DateTimeOffset at, string reason)
    {
        foreach (var alert in _firing.Values.Where(a => !stays(a)).ToList()) { Resolve(alert.Monitor, alert.Column, at, reason); }
    }

    /// <summary>What happened since the last call, in order.</summary>
    public ImmutableArray<AlertNotification> TakeNotifications()
    {
        ImmutableArray<AlertNotification> taken = [.. _notifications];
        _notifications.Clear();
        return taken;
    }

    private void Put(string identity, string what, Alert alert)
    {
        _firing[identity] = alert;
        _notifications.Add(new AlertNotification(
            what, alert.Id, alert.Model, alert.Monitor, alert.Column, alert.Segment, alert.State, alert.Severity, alert.StartsAt, alert.EndsAt,
            alert.Findings, alert.Text, alert.History, alert.Since));
    }

    private static string Identity(string monitor, string column) => $"{monitor}\n{column}\n";

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();
}
