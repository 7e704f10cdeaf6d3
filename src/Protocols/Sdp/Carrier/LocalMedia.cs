using System.Net;

namespace Farspan.Sdp;

/// <summary>Where we receive a call leg's media, and the identity of our description of it.</summary>
/// <param name="Address">The address to announce, which behind NAT is not the socket's.</param>
/// <param name="RtpPort">Even (RFC 3550 §11).</param>
/// <param name="RtcpPort">Used unless RTP and RTCP are multiplexed.</param>
/// <param name="SessionId">The number in the o= line; constant for the life of the call.</param>
public sealed record LocalMedia(IPAddress Address, int RtpPort, int RtcpPort, ulong SessionId);
