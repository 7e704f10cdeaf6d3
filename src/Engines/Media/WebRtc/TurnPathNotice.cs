using Farspan.Stun;

namespace Farspan.Media;

/// <summary>
/// What a transport needs from outside to reach a TURN server: names are resolved and streams opened by the
/// owner, who answers with <see cref="WebRtcTransport.TryUseTurnPath"/> or
/// <see cref="WebRtcTransport.FailTurnPath"/>.
/// </summary>
/// <param name="PathId">Unique within the session.</param>
public abstract record TurnPathNotice(int PathId)
{
    /// <summary>Resolve the server's name; for TCP or TLS open a connection, too.</summary>
    public sealed record Wanted(int PathId, TurnUri Uri) : TurnPathNotice(PathId);

    /// <summary>The path is no longer used: a connection may be closed.</summary>
    public sealed record Released(int PathId) : TurnPathNotice(PathId);
}
