namespace Bellwether.Contracts.Drift;

/// <summary>What became of an uploaded reference.</summary>
/// <param name="Rows">Rows taken.</param>
/// <param name="State"><c>watching</c> (its times cover two weeks or more) or <c>provisional</c>.</param>
/// <param name="From">First event time; null without times.</param>
/// <param name="To">Last event time; null without times.</param>
/// <param name="Columns">The columns understood as features.</param>
/// <param name="Warnings">What is worth knowing.</param>
public sealed record ReferenceReceipt(
    long Rows, string State, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Columns, IReadOnlyList<string> Warnings);
