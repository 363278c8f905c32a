namespace Bellwether.Contracts.Log;

/// <summary>What became of the rows of one request. Every row is in exactly one of the three.</summary>
/// <param name="Accepted">Rows stored.</param>
/// <param name="Duplicates">Rows equal to one stored before; nothing changed.</param>
/// <param name="Rejected">Rows refused, by position.</param>
public sealed record IngestReceipt(int Accepted, int Duplicates, IReadOnlyList<RejectedRow> Rejected);

/// <summary>One refused row.</summary>
/// <param name="Row">Position in the request, from 0.</param>
/// <param name="Reason">What is wrong and what would be right.</param>
public sealed record RejectedRow(int Row, string Reason);
