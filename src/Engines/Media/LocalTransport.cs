using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>Our half of the contact side's transport, as it goes into the SDP offer (RFC 8839, RFC 8842).</summary>
/// <param name="Ufrag">ICE user fragment.</param>
/// <param name="Password">ICE password.</param>
/// <param name="Fingerprint">SHA-256 of our DTLS certificate.</param>
/// <param name="Candidates">Local candidates, best first.</param>
/// <param name="Ssrc">The SSRC our audio will have.</param>
/// <param name="Cname">The RTCP CNAME of this session.</param>
public sealed record LocalTransport(
    string Ufrag,
    string Password,
    Fingerprint Fingerprint,
    IReadOnlyList<IceCandidateAttribute> Candidates,
    uint Ssrc,
    string Cname);
