using System.Net;
using Farspan.Media;
using Farspan.Native;
using Farspan.Runtime;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>Turns the media part of a configuration into the settings of the media plane.</summary>
internal static class MediaOptions
{
    public static MediaPlaneOptions Create(FarspanModel model, IPAddress hostAddress)
    {
        var media = model.Media;
        var options = new MediaPlaneOptions
        {
            ContactAddress = media.Address is { } address && IPAddress.IsLoopback(address) ? address : hostAddress,
            FirstCarrierPort = (ushort)media.Ports.First,
            LastCarrierPort = (ushort)media.Ports.Last,
            Sockets = new UdpSocketSettings { CodePoint = media.Dscp },
            Media = CreateSettings(model),
        };
        return media.Workers is { } workers ? options with { Workers = workers } : options;
    }

    public static OpusEncoderSettings CreateOpus(OpusModel opus) => new()
    {
        Complexity = opus.Complexity,
        BitrateBitsPerSecond = opus.BitrateBitsPerSecond,
        UsesInbandFec = opus.UsesInbandFec,
        ExpectedLossPercent = opus.UsesInbandFec ? 5 : 0,
    };

    private static MediaSettings CreateSettings(FarspanModel model)
    {
        var defaults = new MediaSettings();
        var (min, max) = (model.Media.JitterBuffer.MinDelay, model.Media.JitterBuffer.MaxDelay);
        return defaults with
        {
            LatchingWindow = model.Media.LatchingWindow,
            CarrierSilence = model.Media.CarrierSilence,
            MinJitterDelay = min,
            MaxJitterDelay = max,
            InitialJitterDelay = TimeSpan.FromTicks(
                Math.Clamp(defaults.InitialJitterDelay.Ticks, min.Ticks, max.Ticks)),
            DetectsInBandDigits = model.Sip.Trunks.Any(t => t.Dtmf.Contains(DtmfSource.InBand)),
        };
    }
}
