using Farspan.Calls;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>What a connector that gives a call up says of its contact.</summary>
public enum ContactState
{
    Unsaid,

    /// <summary>It lives: another connector can take it over.</summary>
    Alive,

    /// <summary>It cannot be had any more: a new one is needed if the call is to go on.</summary>
    Gone,

    /// <summary>It came to its own end, as did the call.</summary>
    Ended,
}

/// <summary>What the inner leg tells its call.</summary>
public abstract record InnerLegEvent
{
    private InnerLegEvent()
    {
    }

    /// <summary>The connector rings the contact.</summary>
    public sealed record Ringing : InnerLegEvent;

    /// <summary>200: the contact carries media.</summary>
    public sealed record Answered(NegotiatedAudio Audio) : InnerLegEvent;

    /// <summary>The INVITE failed; comes instead of <see cref="Answered"/>.</summary>
    /// <param name="Cause">As the connector said it, or as RFC 3261 §8.1.3.1 reads its silence.</param>
    /// <param name="IsSilence">It did not answer, or could not be reached.</param>
    /// <param name="Contact">What it says of the contact.</param>
    public sealed record Failed(SipCause Cause, bool IsSilence, ContactState Contact = ContactState.Unsaid)
        : InnerLegEvent;

    /// <summary>Keys or direction were agreed anew.</summary>
    public sealed record MediaChanged(NegotiatedAudio Audio) : InnerLegEvent;

    /// <summary>A token came; kept before the connector hears so.</summary>
    public sealed record TokenReceived(ReadOnlyMemory<byte> Token) : InnerLegEvent;

    /// <summary>The connector names epochs, in whatever message.</summary>
    public sealed record EpochsHeard(string Text) : InnerLegEvent;

    /// <summary>An INFO of ours was answered, or was not (408).</summary>
    public sealed record InfoAnswered(long Number, int StatusCode) : InnerLegEvent;

    /// <summary>The connector ended the call, or gives it up to another one.</summary>
    public sealed record HungUp(SipCause Cause, ContactState Contact) : InnerLegEvent;

    /// <summary>The connector does not answer in its dialog, or does not know it any more.</summary>
    public sealed record Lost(string Detail) : InnerLegEvent;
}
