namespace Bellwether.Contracts;

/// <summary>A plan was stored.</summary>
public sealed record PlanReceipt(int Revision);
