using System.Net;

namespace Bellwether.Server.Hosting;

/// <summary>The addresses a server listens on, checked before anything is opened.</summary>
internal static class ListenAddresses
{
    /// <summary>Whether all of them can be reached from this machine only.</summary>
    /// <exception cref="StartupException">One is no http address, or is open to others without <c>--insecure</c>.</exception>
    public static bool Check(IReadOnlyList<string> urls, bool insecure)
    {
        if (urls.Count == 0) { throw new StartupException($"--urls names no address to listen on, such as {ServerOptions.DefaultUrl}."); }
        bool loopback = true;
        foreach (string url in urls)
        {
            string host = HostOf(url);
            if (IsLoopback(host)) { continue; }
            loopback = false;
            if (!insecure)
            {
                throw new StartupException(
                    $"{url} can be reached from other machines, and this version has no access control yet. "
                    + "Listen on 127.0.0.1 behind a proxy that checks who calls, or give --insecure to accept that anyone who reaches it may read and write everything.");
            }
        }
        return loopback;
    }

    /// <summary>Whether a host name or address means this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string HostOf(string url)
    {
        // '*' and '+' are Kestrel's names for every address; a URI cannot hold them.
        string readable = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(readable, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? uri.Host
            : throw new StartupException($"'{url}' is no address to listen on, such as {ServerOptions.DefaultUrl}.");
    }
}
