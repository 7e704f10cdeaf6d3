namespace Farspan.Sdp.Tests;

/// <summary>m= sections in the forms that carriers and devices send.</summary>
internal static class CarrierOffers
{
    // 30 and 28 arbitrary bytes.
    public const string Key80 = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    public const string KeyGcm = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==";

    public const string Plain =
        "m=audio 30000 RTP/AVP 8 0 101\na=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15\na=ptime:20\n";

    public const string Secure = "m=audio 30000 RTP/SAVP 0 101\na=rtpmap:101 telephone-event/8000\n"
        + $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{Key80}|2^20|1:4\n"
        + $"a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:{Key80}|2^31\n";

    public const string SecureGcm = "m=audio 30000 RTP/SAVP 0\n"
        + $"a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:{Key80}\n"
        + $"a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:{Key80}\n"
        + $"a=crypto:7 AEAD_AES_128_GCM inline:{KeyGcm}\n";

    public const string Wideband = "m=audio 30000 RTP/AVP 96 97 9 0 13 100 101\na=rtpmap:96 opus/48000/2\n"
        + "a=rtpmap:97 AMR-WB/16000\na=rtpmap:9 G722/8000\na=rtpmap:100 telephone-event/48000\n"
        + "a=rtpmap:101 telephone-event/8000\na=ptime:30\na=maxptime:40\n";

    public const string Everything = Plain + Secure + SecureGcm + Wideband;
}
