using System.Collections.Immutable;

namespace Farspan.Sdp;

/// <summary>The a=fmtp lines that go with the formats we list.</summary>
internal static class FormatParameters
{
    public static ImmutableArray<Fmtp> Of(IEnumerable<RtpMap> formats)
    {
        var parameters = ImmutableArray.CreateBuilder<Fmtp>();
        foreach (var map in formats)
        {
            if (map.Encoding.Equals(CodecFormats.TelephoneEvent, StringComparison.OrdinalIgnoreCase))
            {
                parameters.Add(new Fmtp($"{map.PayloadType}", CodecFormats.EventRange));
            }
            else if (map.Encoding.Equals("opus", StringComparison.OrdinalIgnoreCase))
            {
                parameters.Add(new Fmtp($"{map.PayloadType}", CodecFormats.OpusParameters));
            }
        }

        return parameters.DrainToImmutable();
    }
}
