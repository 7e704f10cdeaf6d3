using System.Net;
using Farspan.Cluster;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Who holds the caller of a contact and may give the contact to another node: whom to ask about it after a crash
/// (decision 0015).
/// </summary>
/// <param name="Edge">The edge's name.</param>
/// <param name="Address">Where its SIP is, such as <c>tcp:192.0.2.1:5060</c>.</param>
/// <param name="Epoch">At which the contact is ours, as in <c>Farspan-Epoch</c>.</param>
public sealed record ContactSharing(string Edge, string Address, string Epoch)
{
    // A connection comes from any port; the Contact says where requests are taken (RFC 3261 §8.1.1.8).
    internal static ContactSharing Of(string edge, in SipFlow flow, NameAddress? contact, Epoch own)
    {
        var remote = contact is not null && IPAddress.TryParse(contact.Uri.Host.Trim('[', ']'), out var address)
            ? new IPEndPoint(address, contact.Uri.Port ?? flow.Remote.Port)
            : flow.Remote;
        return new ContactSharing(edge, $"{flow.TransportName.ToLowerInvariant()}:{remote}", own.ToString());
    }
}
