using System.Security.Cryptography.X509Certificates;
using Farspan.Chime;

namespace Farspan.Network;

/// <summary>Limits and trust of a <see cref="ChimeWebSocket"/>.</summary>
public sealed record WebSocketSettings
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a closing handshake may take before the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>WebSocket pings (RFC 6455 §5.5.2), and how long their pong may take.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A larger message closes the connection with 1009.</summary>
    public int MaxMessageBytes { get; init; } = ChimeLimits.MaxFrameBytes;

    /// <summary>
    /// Messages that wait to be sent; one more cuts the connection, for the peer has stopped reading.
    /// </summary>
    public int MaxQueuedMessages { get; init; } = 64;

    /// <summary>Trusted instead of the system's roots; null for those.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>For a lab only: no certificate is checked.</summary>
    public bool AcceptsAnyCertificate { get; init; }

    /// <summary>For a lab only: ws:// is allowed.</summary>
    public bool AllowsPlainText { get; init; }
}
