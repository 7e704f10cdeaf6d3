using System.Net;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>A transport, address and port to listen on; port 0 takes any free one.</summary>
public sealed record SipListenPoint(SipTransport Transport, IPEndPoint EndPoint)
{
    /// <summary>As it is written in the file.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{EndPoint}";
}
