using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>
/// What a <see cref="ChimeSession"/> wants done or says. Sockets are numbered: events name theirs.
/// </summary>
public abstract record ChimeEffect
{
    private ChimeEffect()
    {
    }

    /// <summary>
    /// Open a WebSocket; the server must select the first of the sub-protocols, the second is secret.
    /// With each of these the roster is empty again.
    /// </summary>
    public sealed record OpenSocket(
        int Socket, string Url, Redacted<IReadOnlyList<string>> SubProtocols) : ChimeEffect;

    /// <summary>Send one binary message.</summary>
    public sealed record Send(int Socket, ReadOnlyMemory<byte> Message) : ChimeEffect;

    /// <summary>Close or abort a WebSocket; nothing more is expected from it.</summary>
    public sealed record CloseSocket(int Socket, int Code) : ChimeEffect;

    /// <summary>
    /// The seat is taken: make a new offer, also if there was one before, and subscribe. With credentials,
    /// use relay candidates only.
    /// </summary>
    public sealed record Joined(ChimeTurnCredentials? TurnCredentials) : ChimeEffect;

    /// <summary>The answer to the offer.</summary>
    public sealed record Subscribed(string SdpAnswer) : ChimeEffect;

    /// <summary>
    /// The signalling broke and is being built anew. Media may still run and is kept until the next
    /// <see cref="Subscribed"/>; the roster is forgotten and will be told again from the start.
    /// </summary>
    public sealed record Rejoining(ChimeEnd Cause) : ChimeEffect;

    /// <summary>Somebody came, went, was muted or unmuted.</summary>
    public sealed record RosterChanged(RosterChange Change, RosterEntry Entry) : ChimeEffect;

    /// <summary>The last effect of a session.</summary>
    public sealed record Ended(ChimeEnd End) : ChimeEffect;
}
