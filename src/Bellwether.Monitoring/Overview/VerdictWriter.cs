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
    public static Verdict Write(ModelFacts facts)
    {
        var severity = facts.Firing.Count == 0 ? (Severity?)null : facts.Firing.Max(a => a.Severity);
        if (facts.LastData is null) { return new Verdict(ModelState.NoData, null, "No closed window yet.", "Send predictions; the first verdict comes with the first window.", Basis(facts)); }
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
        if (operations.Count > 0) { return new Verdict(ModelState.Healthy, severity, operations[0].Text, "Inputs and performance hold. Look at the service, not the model.", Basis(facts)); }
        if (facts.LearningUntil is { } until)
        {
            return facts.Reference is null
                ? new Verdict(ModelState.Learning, null, "Learning what is normal.", $"Drift alerts begin {SinceText.Of(until)}; quality, operations and your thresholds work now.", Basis(facts))
                : new Verdict(ModelState.Provisional, null, "Nothing critical moved.", $"Rhythm is learnt until {SinceText.Of(until)}; until then only critical drift alerts.", Basis(facts));
        }
        string verdict = MeasureCharts.Recent(facts, MeasureNames.Leading(facts.Plan.Task)) is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{MeasureNames.Label(MeasureNames.Leading(facts.Plan.Task))} is {value:0.###}, inputs lie where the reference lies.")
            : "Inputs lie where the reference lies; no outcomes in this range.";
        return new Verdict(ModelState.Healthy, null, "All well.", verdict, Basis(facts));
    }

    private static List<Alert> Of(ModelFacts facts, Func<Alert, bool> which) => [.. facts.Firing.Where(which).OrderBy(a => a.StartsAt).ThenBy(a => a.Column, StringComparer.Ordinal)];

    private static string Harm(ModelFacts facts, List<Alert> performance)
    {
        var worst = performance.MaxBy(a => a.Severity)!;
        var threshold = facts.Plan.Thresholds.FirstOrDefault(t => t.Id == worst.Monitor);
        string label = MeasureNames.Label(worst.Column);
        string now = MeasureCharts.Recent(facts, worst.Column) is { } value ? string.Create(CultureInfo.InvariantCulture, $" and is {value:0.###} now") : "";
        return threshold is null
            ? worst.Text
            : string.Create(CultureInfo.InvariantCulture, $"{label} {(threshold.IsUpper ? "rose above" : "fell below")} the limit {threshold.Limit:0.###} on {SinceText.Of(worst.StartsAt)}{now}.");
    }

    private static string Moved(ModelFacts facts, List<Alert> inputs)
    {
        int features = facts.Reference?.Types.Keys.Count(facts.Plan.Watches) ?? inputs.Count;
        return $"{inputs.Count} of {features} inputs drifted{(inputs.Count > 1 ? ", first" : ":")} {Names(inputs)}{(inputs.Count > 1 ? "" : "")}, since {SinceText.Of(inputs[0].StartsAt)}.";
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
        string maturity = facts.OutcomesKnownUntil is { } known ? $"Outcomes confirm up to {SinceText.Of(known)}." : "No outcomes known in this range.";
        string reference = facts.Reference switch
        {
            null => "No reference.",
            { IsWatching: true } => "Reference with rhythm.",
            _ => facts.LearningUntil is null ? "Rhythm learnt from production." : "Reference without rhythm (provisional).",
        };
        return $"{maturity} {reference}";
    }
}
