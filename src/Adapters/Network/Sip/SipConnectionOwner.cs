namespace Farspan.Network;

/// <summary>What every connection of one listener shares.</summary>
internal sealed record SipConnectionOwner(
    ISipReceiver Receiver, SipNetworkLimits Limits, SipTlsSettings? Tls, SipConnectionTable Connections);
