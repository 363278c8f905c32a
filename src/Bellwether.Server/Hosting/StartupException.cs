namespace Bellwether.Server.Hosting;

/// <summary>A setting that the server refuses to start with; the message is for the person who started it.</summary>
internal sealed class StartupException(string message) : Exception(message);
