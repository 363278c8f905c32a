namespace Bellwether.Storage.Log;

/// <summary>A body over <see cref="IngestLimits"/>; nothing of it was stored. The caller answers 413.</summary>
public sealed class BodyTooLargeException(string message) : Exception(message);
