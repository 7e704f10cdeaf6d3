namespace Farspan.Interop.Tests;

/// <summary>Who calls whom, and where the caller wants audio.</summary>
internal sealed record SipCall(string Caller, string Called, int MediaPort)
{
    public static SipCall From(RtpPhone phone, LabProcess lab) =>
        new(phone.Settings.Number, lab.Addresses.Number, phone.Port);

    /// <summary>An offer of PCMU with RFC 4733 keys.</summary>
    public string Sdp => string.Join("\r\n",
        "v=0",
        "o=probe 1 1 IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        $"m=audio {MediaPort} RTP/AVP 0 {RtpPhoneSettings.EventPayloadType}",
        "a=rtpmap:0 PCMU/8000",
        $"a=rtpmap:{RtpPhoneSettings.EventPayloadType} telephone-event/8000",
        "");
}
