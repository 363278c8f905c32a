using System.Globalization;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;

namespace Bellwether.Cli.Replay;

/// <summary>Brings a file of outcomes beside the predictions they belong to.</summary>
internal static class OutcomeJoin
{
    /// <summary>Roles of a file of outcomes: everything but id, outcome and its time is ignored.</summary>
    /// <exception cref="InputException">The plan does not name what is needed to join.</exception>
    public static ColumnRoles Roles(ReplayPlan plan)
    {
        if (plan.Plan.Columns is not { Id: { } id, Outcome: { } outcome })
        {
            throw new InputException("A file of outcomes is joined by id: name 'columns.id' and 'columns.outcome' in the plan.");
        }
        return new ColumnRoles { Id = id, Outcome = outcome, OutcomeTimestamp = plan.Plan.Outcomes?.Timestamp, Features = [], Types = new Dictionary<string, FeatureType>() };
    }

    /// <summary>The rows with the first outcome of each id.</summary>
    public static LabelledColumns Join(LabelledColumns rows, LabelledColumns outcomes, List<string> warnings)
    {
        int count = rows.Rows.Count;
        var byId = new Dictionary<string, int>(outcomes.Rows.Count, StringComparer.Ordinal);
        int repeated = 0, used = 0;
        for (int i = 0; i < outcomes.Rows.Count; i++)
        {
            if (!byId.TryAdd(outcomes.Rows.Ids[i], i)) { repeated++; }
        }
        double[] numbers = new double[count];
        var texts = new string?[count];
        long[] times = outcomes.OutcomeTimes.Length == 0 ? [] : new long[count];
        for (int i = 0; i < count; i++)
        {
            bool found = byId.TryGetValue(rows.Rows.Ids[i], out int at);
            used += found ? 1 : 0;
            numbers[i] = found && outcomes.Outcomes.Length > 0 ? outcomes.Outcomes[at] : double.NaN;
            texts[i] = found && outcomes.OutcomeTexts.Length > 0 ? outcomes.OutcomeTexts[at] : null;
            if (times.Length > 0) { times[i] = found ? outcomes.OutcomeTimes[at] : long.MaxValue; }
        }
        if (repeated > 0) { warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{repeated} outcomes repeat an id; the first of each counts.")); }
        if (used < byId.Count) { warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{byId.Count - used} outcomes belong to no prediction.")); }
        if (used < count) { warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{count - used} of {count} predictions have no outcome.")); }
        return rows with { Outcomes = numbers, OutcomeTexts = texts, OutcomeTimes = times };
    }

    /// <summary>When each row's outcome became known: as its file says, otherwise a delay after the prediction.</summary>
    public static long[] KnownAt(LabelledColumns rows, TimeSpan delay)
    {
        var known = new long[rows.Rows.Count];
        for (int i = 0; i < known.Length; i++)
        {
            bool has = (rows.Outcomes.Length > 0 && !double.IsNaN(rows.Outcomes[i])) || (rows.OutcomeTexts.Length > 0 && rows.OutcomeTexts[i] is not null);
            known[i] = !has ? long.MaxValue
                : rows.OutcomeTimes.Length > 0 ? rows.OutcomeTimes[i]
                : rows.Rows.Timestamps[i] + (long)delay.TotalMicroseconds;
        }
        return known;
    }
}
