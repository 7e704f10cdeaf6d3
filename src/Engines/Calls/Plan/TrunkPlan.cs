using System.Collections.Immutable;
using System.Net;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using Farspan.Topology;

namespace Farspan.Calls;

/// <summary>Turns the trunks of a configuration into those that calls come over.</summary>
internal static class TrunkPlan
{
    public static Trunk Create(TrunkModel trunk, FarspanModel model, IPAddress hostAddress) => new()
    {
        Name = trunk.Name,
        IsEdge = trunk.IsEdge,
        Sources = trunk.Sources,
        Transports = trunk.Transports,
        ChannelsMax = trunk.ChannelsMax,
        CallsPerSecondMax = trunk.CallsPerSecondMax,
        Leg = CreateLeg(trunk, model),
        DigitSources = [.. trunk.Dtmf.Select(ToDigitSource)],
        MediaAddress = model.Media.Address ?? hostAddress,
        EndsOnSilence = trunk.EndsOnSilence,
    };

    private static CarrierLegSettings CreateLeg(TrunkModel trunk, FarspanModel model) => new()
    {
        Media = new CarrierMediaSettings
        {
            Codecs = trunk.Codecs,
            Srtp = trunk.Srtp,
            PacketTime = model.Media.PacketTime,
            TelephoneEvents = trunk.Dtmf.Contains(DtmfSource.TelephoneEvent),
            ComfortNoise = trunk.ComfortNoise,
        },
        ContactAddress = model.Sip.AdvertisedAddress,
        Product = model.Sip.Product,
        SessionTimer = SessionTimerPolicy.Default with
        {
            Interval = trunk.SessionTimer.Interval,
            IntervalMin = trunk.SessionTimer.IntervalMin,
        },
    };

    private static DigitSource ToDigitSource(DtmfSource source) => source switch
    {
        DtmfSource.TelephoneEvent => DigitSource.TelephoneEvent,
        DtmfSource.SipInfo => DigitSource.SipInfo,
        DtmfSource.InBand => DigitSource.InBand,
        _ => throw Invariant.Unreachable(source),
    };
}
