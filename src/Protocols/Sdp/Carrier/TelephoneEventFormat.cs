namespace Farspan.Sdp;

/// <summary>The agreed payload types for DTMF (RFC 4733).</summary>
/// <param name="PayloadType">What we send.</param>
/// <param name="ReceivePayloadType">What the carrier sends.</param>
/// <param name="ClockRateHz">The codec's clock rate, or 8000 if the carrier has events at no other.</param>
public readonly record struct TelephoneEventFormat(int PayloadType, int ReceivePayloadType, int ClockRateHz);
