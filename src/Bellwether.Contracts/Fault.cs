namespace Bellwether.Contracts;

/// <summary>One fault of a document: a plan, a definition.</summary>
/// <param name="Line">From 1; 0 where the format has none.</param>
/// <param name="Column">From 1; 0 where the format has none.</param>
/// <param name="Path">Where in the document, such as <c>thresholds[0].below</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record Fault(int Line, int Column, string Path, string Message);
