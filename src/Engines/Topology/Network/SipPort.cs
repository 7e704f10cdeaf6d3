using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>A port on which SIP is taken.</summary>
public readonly record struct SipPort(SipTransport Transport, int Port)
{
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{Port}";
}
