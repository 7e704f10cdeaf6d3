using System.Net;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>How we talk to a carrier on one trunk.</summary>
public sealed record CarrierLegSettings
{
    public CarrierMediaSettings Media { get; init; } = new();

    /// <summary>The address in our Contact; null: the one that the carrier's request reached.</summary>
    public IPAddress? ContactAddress { get; init; }

    /// <summary>
    /// The Server header of responses and the User-Agent of requests (RFC 3261 §20.35); empty: none.
    /// </summary>
    public string Product { get; init; } = "Farspan";

    public SessionTimerPolicy SessionTimer { get; init; } = SessionTimerPolicy.Default;

    public SipTimings Timings { get; init; } = SipTimings.Default;
}
