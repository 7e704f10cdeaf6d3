namespace Farspan.Sdp;

/// <summary>
/// A completed offer and answer. With it, another node continues the negotiation: the texts of
/// <see cref="SdpWriter"/> and this flag are all there is to hand over.
/// </summary>
/// <param name="Local">Our description.</param>
/// <param name="Remote">The carrier's.</param>
/// <param name="IsLocalOffer">Whether ours was the offer.</param>
public sealed record CarrierExchange(SessionDescription Local, SessionDescription Remote, bool IsLocalOffer);
