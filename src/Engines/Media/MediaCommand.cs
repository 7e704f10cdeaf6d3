using System.Net;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// What the signalling plane asks of the media plane for one call: a few commands a call, never one
/// a packet. Performed in order on the worker that owns the session.
/// </summary>
/// <param name="MediaId">The media session; chosen by the call engine, unique in this process.</param>
public abstract record MediaCommand(long MediaId)
{
    /// <summary>Allocates ports; answered by <see cref="MediaEvent.Opened"/> or
    /// <see cref="MediaEvent.OpenFailed"/>.</summary>
    /// <param name="MediaId">The new session.</param>
    /// <param name="CarrierAddress">The local address that faces the carrier.</param>
    /// <param name="IsAnchored">Whether an edge is on the carrier's side: its silence is told at once, and a session
    /// that did not run for a while is silent until it is told to go on.</param>
    public sealed record Open(long MediaId, IPAddress CarrierAddress, bool IsAnchored = false)
        : MediaCommand(MediaId);

    /// <summary>
    /// Allocates the ports of a relay between a carrier and a connector; answered by
    /// <see cref="MediaEvent.RelayOpened"/> or <see cref="MediaEvent.OpenFailed"/>.
    /// </summary>
    /// <param name="MediaId">The new session.</param>
    /// <param name="CarrierAddress">The local address that faces the carrier.</param>
    /// <param name="InnerAddress">The local address that faces the connectors.</param>
    public sealed record OpenRelay(long MediaId, IPAddress CarrierAddress, IPAddress InnerAddress)
        : MediaCommand(MediaId);

    /// <summary>Sets or changes the inner side of a relay.</summary>
    /// <param name="MediaId">The session.</param>
    /// <param name="Audio">What was agreed with the connector.</param>
    /// <param name="IsNewPeer">Another connector takes the place of the one before, at once.</param>
    public sealed record ConfigureInner(long MediaId, NegotiatedAudio Audio, bool IsNewPeer)
        : MediaCommand(MediaId);

    /// <summary>Sets or changes the carrier side: codec, addresses, keys, direction (hold).</summary>
    public sealed record ConfigureCarrier(long MediaId, NegotiatedAudio Audio) : MediaCommand(MediaId);

    /// <summary>
    /// Gathers ICE candidates for the contact side, relayed ones if TURN servers are given; answered by <see
    /// cref="MediaEvent.Gathered"/> or <see cref="MediaEvent.ContactLost"/>.
    /// </summary>
    /// <remarks>
    /// A second Gather begins a new transport (a re-join): the old one carries audio until the new one
    /// connects.
    /// </remarks>
    public sealed record Gather(long MediaId, TurnServers? TurnServers) : MediaCommand(MediaId);

    /// <summary>Connects the contact side to what the answer says: ICE, DTLS, SRTP; answered by
    /// <see cref="MediaEvent.ContactConnected"/> or <see cref="MediaEvent.ContactLost"/>.</summary>
    public sealed record ConnectContact(long MediaId, RemoteTransport Remote) : MediaCommand(MediaId);

    /// <summary>Whether audio flows between the two sides; before it, each side gets silence.</summary>
    public sealed record Bridge(long MediaId, bool IsOpen) : MediaCommand(MediaId);

    /// <summary>Sends nothing at all, to neither side, until told otherwise: somebody else may.</summary>
    public sealed record Hush(long MediaId, bool IsHushed) : MediaCommand(MediaId);

    /// <summary>
    /// A relay sends nothing any more, no RTCP either: another node owns the call. <see cref="Close"/> follows.
    /// </summary>
    public sealed record Fence(long MediaId) : MediaCommand(MediaId);

    /// <summary>
    /// Sends nothing any more and frees ports; answered by <see cref="MediaEvent.Closed"/>.
    /// </summary>
    public sealed record Close(long MediaId) : MediaCommand(MediaId);
}

/// <summary>The TURN service that Chime hands out in JOIN_ACK (RFC 8656, RFC 7065).</summary>
/// <param name="Uris">turn: and turns: URIs in the order given.</param>
/// <param name="Username">Long-term credential.</param>
/// <param name="Password">Long-term credential.</param>
public sealed record TurnServers(IReadOnlyList<string> Uris, string Username, Redacted<string> Password);
