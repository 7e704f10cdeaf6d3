using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.ConnectEmulator;

/// <summary>Carries packets to one who takes part in a meeting: a WebRTC transport, or a test.</summary>
internal interface IMeetingLine
{
    /// <summary>Sends an RTP packet; its bytes are valid during the call only.</summary>
    void Send(in RtpHeader header, ReadOnlySpan<byte> packet, Instant now);
}
