namespace Bellwether.Monitoring.Drift;

/// <summary>Rows that cannot serve as a reference, and why. The message is for the user who sent them.</summary>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class UnusableReferenceException(string message) : Exception(message);
