using System.Net;
using System.Security.Cryptography.X509Certificates;
using Farspan.Audio;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>How the simulated carrier calls.</summary>
public sealed record CarrierSettings
{
    /// <summary>Whom it calls.</summary>
    public required IPEndPoint Target { get; init; }

    public SipTransport Transport { get; init; } = SipTransport.Udp;

    /// <summary>
    /// The certificate that the target must show; null leaves it to the machine's trust store.
    /// </summary>
    public X509Certificate2? TargetCertificate { get; init; }

    /// <summary>Where it binds its sockets and what it puts into SIP and SDP.</summary>
    public IPAddress LocalAddress { get; init; } = IPAddress.Loopback;

    public string CalledNumber { get; init; } = "+18005550100";

    /// <summary>The caller of a call is this with the call's code, five digits, behind it.</summary>
    public string CallingPrefix { get; init; } = "+120655";

    public AudioCodec Codec { get; init; } = AudioCodec.Pcmu;

    /// <summary>Offers RTP/SAVP with SDES keys and takes nothing else (RFC 4568).</summary>
    public bool UsesSrtp { get; init; }

    /// <summary>Even; RTP ports are taken from here up to <see cref="LastPort"/>.</summary>
    public ushort FirstPort { get; init; } = 30_000;

    public ushort LastPort { get; init; } = 39_999;

    /// <summary>How long a call may ring before it is taken back.</summary>
    public TimeSpan RingTimeMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Threads that carry media; one serves some hundred calls.</summary>
    public int MediaWorkers { get; init; } = 1;

    public SipTimings Timings { get; init; } = SipTimings.Default;

    /// <summary>Further headers of each INVITE.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    internal CarrierMediaSettings Media => new()
    {
        Codecs = [Codec],
        Srtp = UsesSrtp ? SrtpPolicy.Require : SrtpPolicy.Forbid,
        RtcpMux = false,
    };

    internal string CallingNumber(int code) => $"{CallingPrefix}{code:D5}";
}
