namespace Bellwether.Contracts.Performance;

/// <summary>One measure of one window, with its 95 % interval.</summary>
/// <param name="Value">Null unless the state is <c>ok</c>.</param>
/// <param name="Exact">False for a value from a grid.</param>
/// <param name="State"><c>ok</c>, <c>tooFew</c>, <c>oneClass</c>, <c>constant</c>, <c>noOutcomes</c> or <c>notFinite</c> (beyond what a number holds).</param>
public sealed record MeasureReport(double? Value, double? Low, double? High, bool Exact, string State);

/// <summary>One window of one model.</summary>
/// <param name="Revision">1 at close; more as outcomes and late rows arrive.</param>
/// <param name="AsOf">The outcome time this revision knows of.</param>
/// <param name="Rows">Distinct predictions.</param>
/// <param name="Outcomes">Predictions whose outcome is known.</param>
/// <param name="Coverage">Outcomes per row, in [0, 1].</param>
/// <param name="Measures">By name: <c>accuracy</c>, <c>precision</c>, <c>recall</c>, <c>f1</c>, <c>auc</c>, <c>macroF1</c>, <c>mae</c>, <c>rmse</c>, <c>errorShare</c>, <c>latencyP95</c>.</param>
public sealed record WindowReport(
    DateTimeOffset Start, DateTimeOffset End, int Revision, DateTimeOffset AsOf, long Rows, long Outcomes, double Coverage,
    IReadOnlyDictionary<string, MeasureReport> Measures);
