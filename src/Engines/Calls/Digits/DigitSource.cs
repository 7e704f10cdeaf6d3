namespace Farspan.Calls;

/// <summary>Where a digit was seen.</summary>
public enum DigitSource
{
    /// <summary>telephone-event in RTP (RFC 4733).</summary>
    TelephoneEvent,

    /// <summary>A SIP INFO request with application/dtmf-relay or application/dtmf.</summary>
    SipInfo,

    /// <summary>Tones in the audio (ITU-T Q.23), found by the detector.</summary>
    InBand,
}
