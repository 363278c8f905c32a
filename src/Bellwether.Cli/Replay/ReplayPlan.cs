using Bellwether.Contracts;
using Bellwether.Contracts.Registry;
using Bellwether.Monitoring.Log;
using Bellwether.Monitoring.Plans;

namespace Bellwether.Cli.Replay;

/// <summary>A plan file as a replay needs it: the model, its definition, and how files map to rows.</summary>
internal sealed class ReplayPlan
{
    private readonly string _file;
    private readonly ModelDefinition _definition;

    private ReplayPlan(string file, string text, Plan plan, ModelKey model, ModelDefinition definition)
    {
        (_file, Text, Plan, Model, _definition) = (file, text, plan, model, definition);
        Compiled = Compile(definition);
    }

    public string Text { get; }

    public Plan Plan { get; }

    public ModelKey Model { get; }

    public CompiledPlan Compiled { get; }

    /// <summary>Times for files without a time column; null where the plan names a column.</summary>
    public RowClock? Clock { get; private init; }

    /// <summary>How long after its prediction an outcome became known, where no column says.</summary>
    public TimeSpan OutcomeDelay { get; private init; }

    /// <exception cref="InputException">The plan cannot be read or used, with every fault.</exception>
    public static async Task<ReplayPlan> ReadAsync(string file, CancellationToken cancellationToken)
    {
        string text = await File.ReadAllTextAsync(file, cancellationToken);
        var reading = PlanReader.Read(text);
        if (reading.Plan is not { } plan) { throw InputException.Of(file, reading.Faults); }
        var faults = new List<Fault>();
        if (!ModelKey.TryParse(plan.Model, out var model)) { faults.Add(new Fault(0, 0, "model", $"'{plan.Model}' is no model key such as credit-default.")); }
        var definition = CompiledPlan.DefinitionOf(plan);
        if (definition is null) { faults.Add(new Fault(0, 0, "task", "A replay needs the task: binary, multiclass or regression.")); }
        var clock = ReadClock(plan, faults);
        var delay = TimeSpan.Zero;
        if (plan.Outcomes is { Timestamp: not null, Delay: not null }) { faults.Add(new Fault(0, 0, "outcomes", "Give either 'timestamp' or 'delay'.")); }
        if (plan.Outcomes?.Delay is { } text2 && text2 != "0" && !Durations.TryParse(text2, out delay)) { faults.Add(new Fault(0, 0, "outcomes.delay", $"'{text2}' is no duration such as 2d or 6h.")); }
        if (faults.Count > 0) { throw InputException.Of(file, faults); }
        return new ReplayPlan(file, text, plan, model, definition!) { Clock = clock, OutcomeDelay = delay };
    }

    /// <summary>Column roles for a file of predictions or a reference.</summary>
    /// <param name="hasOutcomes">Whether to look for outcomes in it.</param>
    /// <param name="types">Types of features; the plan's own where empty.</param>
    public ColumnRoles Roles(bool hasOutcomes, IReadOnlyDictionary<string, FeatureType>? types = null) => new()
    {
        Id = Plan.Columns?.Id,
        Timestamp = Plan.Columns?.Timestamp,
        Version = Plan.Columns?.Version,
        Prediction = Plan.Columns?.Prediction,
        Score = Plan.Columns?.Score,
        LatencySeconds = Plan.Columns?.LatencySeconds,
        Error = Plan.Columns?.Error,
        Outcome = hasOutcomes ? Plan.Columns?.Outcome : null,
        OutcomeTimestamp = hasOutcomes ? Plan.Outcomes?.Timestamp : null,
        Features = Compiled.WatchedFeatures is [] ? null : [.. Compiled.WatchedFeatures],
        Types = types ?? Compiled.Types,
    };

    /// <summary>
    /// The definition with the types of every feature as the reference showed them. Sent along, it keeps a server that sees the rows as
    /// JSON from learning other types than a reader of the file did.
    /// </summary>
    public ModelDefinition Definition(LabelledColumns reference) =>
        _definition with { Columns = reference.Rows.Features.OrderBy(f => f.Name, StringComparer.Ordinal).ToDictionary(f => f.Name, f => new ColumnDefinition(f.Type)) };

    /// <exception cref="InputException">Definition and plan do not fit together.</exception>
    public CompiledPlan Compile(ModelDefinition definition) =>
        CompiledPlan.Compile(Model, definition, Plan, 1, out var faults) ?? throw InputException.Of(_file, faults);

    private static RowClock? ReadClock(Plan plan, List<Fault> faults)
    {
        if (plan.Clock is not { } clock) { return null; }
        if (plan.Columns?.Timestamp is not null)
        {
            faults.Add(new Fault(0, 0, "clock", "The plan names a timestamp column; a clock is for files without one."));
            return null;
        }
        if (clock.Start is null || !UtcInstantConverter.TryParse(clock.Start, out var start))
        {
            faults.Add(new Fault(0, 0, "clock.start", $"'{clock.Start}' is no time such as 2026-07-01T00:00:00Z."));
            return null;
        }
        if (!Durations.TryParse(clock.Step, out var step))
        {
            faults.Add(new Fault(0, 0, "clock.step", $"'{clock.Step}' is no duration such as 10s or 1h."));
            return null;
        }
        return new RowClock(start, step);
    }
}
