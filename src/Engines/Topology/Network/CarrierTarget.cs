using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>One of the addresses a carrier sends calls to.</summary>
/// <param name="Edge">The id of the edge behind it.</param>
/// <param name="Region">The name of its region.</param>
/// <param name="Transport">How it signals.</param>
/// <param name="Host">The name or address that the carrier is given.</param>
/// <param name="Port">Of SIP.</param>
/// <param name="Priority">As in RFC 2782: the smallest first.</param>
/// <param name="Weight">Share among equal priorities.</param>
public sealed record CarrierTarget(
    string Edge, string Region, SipTransport Transport, string Host, int Port, int Priority, int Weight);
