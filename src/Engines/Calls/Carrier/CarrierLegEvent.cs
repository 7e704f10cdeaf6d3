using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>What the carrier leg tells its call.</summary>
public abstract record CarrierLegEvent
{
    private CarrierLegEvent()
    {
    }

    /// <summary>Codec, addresses, keys or direction were agreed, first or anew.</summary>
    public sealed record MediaChanged(NegotiatedAudio Audio) : CarrierLegEvent;

    /// <summary>The carrier put the caller on hold, or took him back.</summary>
    public sealed record HoldChanged(bool IsHeld) : CarrierLegEvent;

    /// <summary>
    /// A re-INVITE or UPDATE of the carrier's was accepted: its headers may say something new.
    /// </summary>
    public sealed record Refreshed(SipRequest Request) : CarrierLegEvent;

    /// <summary>The ACK of our first 200 came.</summary>
    public sealed record Confirmed : CarrierLegEvent;

    /// <summary>The carrier has accepted a re-INVITE that took its dialog over from another edge.</summary>
    public sealed record Renewed : CarrierLegEvent;

    /// <summary>A digit came in an INFO request.</summary>
    public sealed record DigitReceived(char Digit) : CarrierLegEvent;

    /// <summary>An INFO of ours was answered; 408 if it was not.</summary>
    public sealed record InfoAnswered(int StatusCode, string Epochs) : CarrierLegEvent;

    /// <summary>An INFO brought a body that belongs to the edge and us.</summary>
    public sealed record TokenReceived(ReadOnlyMemory<byte> Token) : CarrierLegEvent;

    /// <summary>The leg is over for a reason of the carrier's side, or for a failure; comes once.</summary>
    public sealed record Ended(CallOutcome Outcome, string Detail) : CarrierLegEvent;
}
