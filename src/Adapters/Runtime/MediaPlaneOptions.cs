using System.Net;
using System.Net.Security;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>How a <see cref="MediaPlane"/> is set up.</summary>
public sealed record MediaPlaneOptions
{
    /// <summary>Threads that carry media.</summary>
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>
    /// The local address of the sockets that face contacts and TURN servers: one that peers may be told, so
    /// no wildcard.
    /// </summary>
    public required IPAddress ContactAddress { get; init; }

    /// <summary>The lowest port for carriers' RTP.</summary>
    public ushort FirstCarrierPort { get; init; } = 20_000;

    /// <summary>The highest.</summary>
    public ushort LastCarrierPort { get; init; } = 39_999;

    public TimeSpan TurnConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Whom to trust at a turns: server; null: whom the system trusts.</summary>
    public SslClientAuthenticationOptions? TurnTls { get; init; }

    public UdpSocketSettings Sockets { get; init; } = new();

    public MediaWorkerOptions Worker { get; init; } = new();

    public MediaSettings Media { get; init; } = new();

    public RelaySettings Relay { get; init; } = new();
}
