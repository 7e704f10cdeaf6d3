namespace Farspan.Sip;

/// <summary>
/// Schemes a SIP element can route on; requests to any other are answered with 416 (RFC 3261 §8.2.2.1).
/// </summary>
public enum SipUriScheme : byte
{
    Other,
    Sip,
    Sips,
    Tel,
}
