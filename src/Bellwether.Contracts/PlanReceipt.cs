namespace Bellwether.Contracts;

/// <summary>A plan was stored.</summary>
/// <param name="Revision">Number of the version in force.</param>
/// <param name="Warnings">What the plan asks for and the reference cannot give yet, in sentences; null from servers that did not say.</param>
public sealed record PlanReceipt(int Revision, IReadOnlyList<string>? Warnings = null);
