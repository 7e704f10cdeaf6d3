namespace Farspan.Topology;

/// <summary>Where digits are taken from.</summary>
public enum DtmfSource
{
    /// <summary>telephone-event in RTP (RFC 4733).</summary>
    TelephoneEvent,

    /// <summary>SIP INFO with application/dtmf-relay or application/dtmf.</summary>
    SipInfo,

    /// <summary>Tones in the audio (ITU-T Q.23).</summary>
    InBand,
}
