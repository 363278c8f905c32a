using System.Net.Sockets;
using Bellwether.Storage.Log;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;

namespace Bellwether.Server.Hosting;

/// <summary>Why a server could not start, in one line for the person who started it.</summary>
internal static class StartupFaults
{
    private const int ReadOnlyFileSystem = 30; // EROFS.
    private const int SqliteReadOnly = 8;
    private const int SqliteCannotOpen = 14;

    public static string Explain(Exception exception, ServerOptions options)
    {
        string urls = string.Join(", ", options.Urls);
        return exception switch
        {
            StartupException or DataFolderBusyException => exception.Message,
            _ when Find<AddressInUseException>(exception) is not null || Find<SocketException>(exception) is { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
                $"Another program already listens on {urls}. Stop it, or choose another address with --urls.",
            _ when Find<SocketException>(exception) is { } socket => $"Cannot listen on {urls}: {OneLine(socket.Message)}. Choose another address with --urls.",
            _ when FullDisk.IsCauseOf(exception) =>
                $"The disk of the data folder '{options.DataFolder}' is full. Free some space, or choose another folder with --data.",
            UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } or SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCannotOpen } =>
                $"The data folder '{options.DataFolder}' cannot be written. Give this user the right to write there, or choose another folder with --data.",
            IOException => $"The data folder '{options.DataFolder}' cannot be used: {OneLine(exception.Message)}. Choose another folder with --data.",
            _ => $"Bellwether could not start: {OneLine(exception.Message)}",
        };
    }

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found) { return found; }
        }
        return null;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
