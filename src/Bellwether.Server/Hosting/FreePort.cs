using System.Net;
using System.Net.Sockets;

namespace Bellwether.Server.Hosting;

/// <summary>A port that nobody has: the silo's, which only this process talks to.</summary>
internal static class FreePort
{
    /// <remarks>Bound exclusively for the probe: without that two silos on one machine would share a port without a word.</remarks>
    public static int Probe()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
