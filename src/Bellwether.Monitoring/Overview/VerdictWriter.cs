using System.Globalization;
using Bellwether.Contracts;
using Bellwether.Contracts.Alerts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Drift;
using Bellwether.Monitoring.Performance;

namespace Bellwether.Monitoring.Overview;

/// <summary>The sentence a page opens with. It rests on realised values; what is not known yet is said.</summary>
internal static class VerdictWriter
{
    /// <summary>Rows under which nothing seen is no reason to be calm.</summary>
    private const int FewestRows = 100;

    public static Verdict Write(ModelFacts facts, DateTimeOffset now)
    {
        var severity = facts.Firing.Count == 0 ? (Severity?)null : facts.Firing.Max(a => a.Severity);
        if (facts.Activity.Failure is { } failure)
        {
            return new Verdict(ModelState.CannotTell, severity, $"Cannot tell: evaluation fails since {SinceText.Of(failure.Since)}.",
                $"{failure.Reason.TrimEnd('.')}. Predictions and outcomes are kept; it is tried again at {SinceText.Of(failure.NextTry)}.", Basis(facts));
        }
        if (facts.LastData is null)
        {
            return facts.NewestEvent is { } newest
                ? new Verdict(ModelState.CannotTell, null, "No closed window yet.", $"Predictions up to {SinceText.Of(newest)} are kept; the first verdict comes when their window closes.", Basis(facts))
                : new Verdict(ModelState.NoData, null, "No closed window yet.", "Send predictions; the first verdict comes with the first window.", Basis(facts));
        }
        if (severity is null && facts.SilentSince(now) is { } since)
        {
            var before = Calm(facts);
            return new Verdict(ModelState.NoData, null, $"Nothing received since {SinceText.Of(since)}.", $"Up to then: {before.Headline} {before.Detail}", before.Basis);
        }
        if (severity is null) { return Calm(facts); }
        var troubled = Troubled(facts, severity.Value);
        return facts.SilentSince(now) is { } last ? troubled with { Detail = $"{troubled.Detail} Nothing received since {SinceText.Of(last)}." } : troubled;
    }

    private static Verdict Troubled(ModelFacts facts, Severity severity)
    {
        var performance = Of(facts, a => !a.Monitor.EndsWith(".ted", StringComparison.Ordinal));
        var inputs = Of(facts, a => a.Monitor == "drift.ted" && !a.Column.StartsWith('_'));
        var answers = Of(facts, a => a.Monitor == "drift.ted" && a.Column.StartsWith('_'));
        var quality = Of(facts, a => a.Monitor == "quality.ted");
        var operations = Of(facts, a => a.Monitor == "operations.ted");
        if (performance.Count > 0)
        {
            string moved = inputs.Count > 0 ? $"{Moved(facts, inputs)} " : "No input has drifted. ";
            return new Verdict(ModelState.ShiftedHarmful, severity, Harm(facts, performance), moved + Others(quality, operations) + Advice(inputs, quality), Basis(facts));
        }
        if (quality.Count > 0)
        {
            return new Verdict(ModelState.BrokenData, severity, quality.Count == 1 ? $"{quality[0].Column} is broken." : $"{quality.Count} inputs are broken: {Names(quality)}.",
                $"{quality[0].Text} {Others([], operations)}{(inputs.Count > 0 ? Moved(facts, inputs) + " " : "")}Check the pipeline that fills it.", Basis(facts));
        }
        if (inputs.Count + answers.Count > 0)
        {
            string headline = inputs.Count > 0 ? $"{Moved(facts, inputs)}" : $"{answers[0].Text}";
            string held = facts.OutcomesKnownUntil is { } known
                ? $"Realised {MeasureNames.Label(MeasureNames.Leading(facts.Plan.Task))} holds up to {SinceText.Of(known)}. "
                : "No outcomes yet: cannot tell whether it harms. ";
            return new Verdict(ModelState.ShiftedHarmless, severity, headline, held + Others([], operations) + "Look whether the change is meant.", Basis(facts));
        }
        string rest = Recent(facts) is null ? "Inputs hold; performance cannot be told yet." : "Inputs and performance hold.";
        return new Verdict(ModelState.Healthy, severity, operations.Count > 0 ? operations[0].Text : facts.Firing[0].Text, $"{rest} Look at the service, not the model.", Basis(facts));
    }

    /// <summary>What is said of a model without an open alert: well only where something was looked at.</summary>
    private static Verdict Calm(ModelFacts facts)
    {
        if (facts.LearningUntil is { } until)
        {
            return facts.Reference is null
                ? new Verdict(ModelState.Learning, null, "Learning what is normal.", $"Drift alerts begin {SinceText.Of(until)}; quality, operations and your thresholds work now.", Basis(facts))
                : new Verdict(ModelState.Provisional, null, "Nothing critical moved.", $"Rhythm is learnt until {SinceText.Of(until)}; until then only critical drift alerts.", Basis(facts));
        }
        if (facts.Reference is null)
        {
            return new Verdict(ModelState.CannotTell, null, "Cannot tell: there is no reference.", "Too little came in four weeks to learn what is normal; send a reference.", Basis(facts));
        }
        long rows = facts.Recent.Sum(r => r.Rows);
        if (rows < FewestRows)
        {
            return new Verdict(ModelState.CannotTell, null, "Cannot tell yet.", string.Create(CultureInfo.InvariantCulture, $"{rows} prediction{(rows == 1 ? "" : "s")} in {facts.RecentDays:0} days: too few to see a change."), Basis(facts));
        }
        return Recent(facts) is { } value
            ? new Verdict(ModelState.Healthy, null, "All well.", string.Create(CultureInfo.InvariantCulture, $"{LeadingLabel(facts)} is {value:0.###}, inputs lie where the reference lies."), Basis(facts))
            : new Verdict(ModelState.CannotTell, null, "Inputs hold; performance cannot be told.", $"Inputs lie where the reference lies. {LeadingLabel(facts)} needs outcomes of these predictions: send them when they are known.", Basis(facts));
    }

    private static double? Recent(ModelFacts facts) => MeasureCharts.Recent(facts, MeasureNames.Leading(facts.Plan.Task));

    private static string LeadingLabel(ModelFacts facts) => MeasureNames.Label(MeasureNames.Leading(facts.Plan.Task));

    private static List<Alert> Of(ModelFacts facts, Func<Alert, bool> which) => [.. facts.Firing.Where(which).OrderBy(Since).ThenBy(a => a.Column, StringComparer.Ordinal)];

    private static DateTimeOffset Since(Alert alert) => alert.Since ?? alert.StartsAt;

    private static string Harm(ModelFacts facts, List<Alert> performance)
    {
        var worst = performance.MaxBy(a => a.Severity)!;
        var threshold = facts.Plan.Thresholds.FirstOrDefault(t => t.Id == worst.Monitor);
        string label = MeasureNames.Label(worst.Column);
        string now = MeasureCharts.Recent(facts, worst.Column) is { } value ? string.Create(CultureInfo.InvariantCulture, $" and is {value:0.###} now") : "";
        return threshold is null
            ? worst.Text
            : string.Create(CultureInfo.InvariantCulture, $"{label} {(threshold.IsUpper ? "rose above" : "fell below")} the limit {threshold.Limit:0.###} on {SinceText.Of(Since(worst))}{now}.");
    }

    private static string Moved(ModelFacts facts, List<Alert> inputs)
    {
        int features = facts.Reference?.Types.Keys.Count(facts.Plan.Watches) ?? inputs.Count;
        return $"{inputs.Count} of {features} inputs drifted{(inputs.Count > 1 ? ", first" : ":")} {Names(inputs)}, since {SinceText.Of(Since(inputs[0]))}.";
    }

    private static string Others(List<Alert> quality, List<Alert> operations) =>
        string.Concat(quality.Concat(operations).Select(a => Brief(a.Text) + " "));

    /// <summary>A finding's sentence without its date, which stands in the list of alerts.</summary>
    private static string Brief(string text) => text.IndexOf(" since ", StringComparison.Ordinal) is > 0 and var end ? text[..end] + "." : text;

    private static string Advice(List<Alert> inputs, List<Alert> quality) => quality.Count > 0
        ? "Mend the broken input first, then look at the drifted ones."
        : inputs.Count > 0 ? "Look at these inputs first; retrain if the change is real." : "The relation between inputs and outcomes has changed: retrain.";

    private static string Names(IEnumerable<Alert> alerts)
    {
        var names = alerts.Select(a => a.Column).Distinct().ToList();
        return names.Count <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(4))} and {names.Count - 4} more";
    }

    private static string Basis(ModelFacts facts)
    {
        long outcomes = facts.Recent.Sum(r => r.Outcomes);
        string maturity = facts.OutcomesKnownUntil is { } known ? $"Outcomes confirm up to {SinceText.Of(known)}."
            : outcomes > 0 ? string.Create(CultureInfo.InvariantCulture, $"Outcomes cover {100.0 * outcomes / Math.Max(1, facts.Recent.Sum(r => r.Rows)):0.#} % of {facts.RecentDays:0} days.")
            : "No outcomes known yet.";
        string reference = facts.Reference switch
        {
            null => "No reference.",
            { IsWatching: true } => "Reference with rhythm.",
            _ => facts.LearningUntil is null ? "Rhythm learnt from production." : "Reference without rhythm (provisional).",
        };
        return $"{maturity} {reference}";
    }
}
