namespace Bellwether.Storage.Log;

/// <summary>
/// The journal could not be written, so nothing more is acknowledged until the process is started again:
/// after a failed fsync nobody knows what the disk holds.
/// </summary>
public sealed class LogFaultException(string message, Exception innerException) : Exception(message, innerException);
