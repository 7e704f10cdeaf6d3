using System.Collections.Immutable;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Calls.CarrierLegEvent;

namespace Farspan.Calls;

/// <content>Offer and answer with the carrier (RFC 3264).</content>
public sealed partial class CarrierLeg
{
    private LocalMedia? _local;
    private SessionDescription? _firstOffer;

    /// <summary>The codecs of the trunk that the carrier has too, in our order; all, if it has not said.</summary>
    public ImmutableArray<AudioCodec> CommonCodecs => _firstOffer is { } offer
        ? CarrierNegotiation.FindCodecs(offer, _settings.Media)
        : _settings.Media.Codecs;

    /// <summary>
    /// Of the codecs that could be, only this one from now on: what the other side of the call has chosen. Before the
    /// answer.
    /// </summary>
    public void Choose(AudioCodec codec, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsUnanswered && _local is not null)
        {
            _settings = _settings with { Media = _settings.Media with { Codecs = [codec] } };
            Negotiate(now, sip);
        }
    }

    // Nothing has been said yet: the answer may still be another one.
    private void Negotiate(Instant now, Outbox<SipLayerEffect> sip)
    {
        _negotiation = new CarrierNegotiation(_settings.Media, _local!);
        if (_firstOffer is { } offer && !TryAnswer(offer, out _localDescription, out var failure))
        {
            Fail(NotAcceptable(_invite, failure), CallOutcome.MediaNotAcceptable, $"{failure}", now, sip);
        }
    }

    private bool TryAnswer(
        SessionDescription offer, out SessionDescription? answer, out NegotiationFailure failure)
    {
        failure = _negotiation!.Answer(offer, Direction.SendReceive, FreshKeys(), out answer);
        if (failure != NegotiationFailure.None)
        {
            return false;
        }

        TellMedia();
        return true;
    }

    private void TakeAnswer(SessionBody body, Instant now, Outbox<SipLayerEffect> sip)
    {
        var failure = body.Session is { } answer
            ? _negotiation!.Accept(answer)
            : NegotiationFailure.MalformedAnswer;
        if (failure == NegotiationFailure.None)
        {
            TellMedia();
        }
        else if (_negotiation!.Audio is null)
        {
            EndWithBye(CallOutcome.MediaNotAcceptable, $"answer in ACK: {failure}", now, sip);
        }
        else
        {
            _negotiation.AbandonOffer();
        }
    }

    private void TellMedia()
    {
        var audio = _negotiation!.Audio!;
        var wasHeld = _toldAudio is { IsHeldByPeer: true };
        if (audio != _toldAudio)
        {
            _toldAudio = audio;
            Events.Add(new MediaChanged(audio));
        }

        if (audio.IsHeldByPeer != wasHeld)
        {
            Events.Add(new HoldChanged(audio.IsHeldByPeer));
        }
    }

    private byte[] FreshKeys()
    {
        var keys = new byte[CarrierNegotiation.FreshKeyBytes];
        _keys(keys);
        return keys;
    }

    private SipResponse NotAcceptable(SipServerTransaction transaction, NegotiationFailure failure) =>
        failure == NegotiationFailure.OfferPending
            ? _messages.Respond(transaction, 491).Build()
            : _messages.Respond(transaction, 488)
                .AddHeader("Warning", $"399 farspan \"{failure}\"")
                .AddHeader("Reason", SipCauseTable.For(CallOutcome.MediaNotAcceptable).ReasonHeader)
                .Build();
}
