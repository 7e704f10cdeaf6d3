using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>What the <see cref="CallerEngine"/> asks its owner to do; a closed family.</summary>
internal abstract record CallerEffect
{
    private CallerEffect()
    {
    }

    /// <summary>Hand the bytes to the transport.</summary>
    public sealed record Transmit(SipFlow Flow, ReadOnlyMemory<byte> Message) : CallerEffect;

    /// <summary>Offer and answer are complete, for the first time or anew: talk.</summary>
    public sealed record AudioAgreed(long Call, NegotiatedAudio Audio) : CallerEffect;

    /// <summary>The call is over, and nothing more comes of it.</summary>
    public sealed record CallEnded(long Call, CallEnding Ending) : CallerEffect;
}

/// <summary>How a call went as signalling saw it.</summary>
internal sealed record CallEnding(
    string SipCallId, CallResult Result, int? StatusCode, string Detail, TimeSpan? SetupTime);
