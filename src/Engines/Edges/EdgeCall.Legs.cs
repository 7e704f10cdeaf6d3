using System.Text;
using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <content>What one side says and the other is to do.</content>
public sealed partial class EdgeCall
{
    private const int DigitsMax = 32;

    private IReadOnlyList<KeyValuePair<string, string>> _toldHeaders = [];

    // Either side may say something because of what the other did: go round until all are quiet.
    private void Pump(Instant now)
    {
        while (_carrier?.Events.Count > 0 || _legs.Exists(leg => leg.Events.Count > 0))
        {
            foreach (var carrier in _carrier?.Events.Drain() ?? [])
            {
                Apply(carrier, now);
            }

            foreach (var leg in _legs.ToArray())
            {
                foreach (var inner in leg.Events.Drain())
                {
                    Apply(leg, inner, now);
                }
            }
        }

        // A leg that another has superseded answers for the rest of the call: its connector may come back.
        _legs.RemoveAll(leg => leg.State == InnerLegState.Ended && leg != _inner);
    }

    private void Apply(CarrierLegEvent carrier, Instant now)
    {
        switch (carrier)
        {
            case CarrierLegEvent.MediaChanged changed:
                FollowCarrier(changed.Audio, now);
                break;
            case CarrierLegEvent.HoldChanged hold:
                Report(CallEventKind.HoldChanged, ("held", hold.IsHeld));
                break;
            case CarrierLegEvent.Refreshed refreshed:
                TellHeaders(refreshed.Request, now);
                IssueToken(now);
                break;
            case CarrierLegEvent.Confirmed:
                IssueToken(now);
                break;
            case CarrierLegEvent.Renewed:
                CompleteAdoption(now);
                break;
            case CarrierLegEvent.DigitReceived digit:
                Press(digit.Digit, now);
                break;
            case CarrierLegEvent.Ended ended:
                End(ended.Outcome, ended.Detail, now);
                break;
            default:
                throw Invariant.Unreachable(carrier);
        }
    }

    private void Apply(InnerLeg leg, InnerLegEvent inner, Instant now)
    {
        switch (inner)
        {
            case InnerLegEvent.EpochsHeard heard:
                HearEpochs(heard.Text, now);
                break;
            case InnerLegEvent.Failed failed when leg == _inner:
                FailOver(leg, failed, now);
                break;
            case var _ when leg != _inner || IsClosing:
                break;
            case InnerLegEvent.Ringing:
                _carrier!.Ring(now, Sip);
                break;
            case InnerLegEvent.Answered answered:
                Answer(leg, answered.Audio, now);
                break;
            case InnerLegEvent.MediaChanged changed:
                Command(new MediaCommand.ConfigureInner(MediaId, changed.Audio, IsNewPeer: false));
                break;
            case InnerLegEvent.InfoAnswered answered:
                CompleteToken(answered, now);
                CompleteQuestion(answered, now);
                break;
            case InnerLegEvent.TokenReceived token:
                _resumeToken = token.Token;
                break;
            case InnerLegEvent.HungUp { Contact: ContactState.Alive or ContactState.Gone } givenUp
                when State == EdgeCallState.Talking:
                _isContactGone |= givenUp.Contact == ContactState.Gone;
                LoseConnector(givenUp.Cause.Text, now);
                break;
            case InnerLegEvent.HungUp hungUp:
                End("ContactEnded", hungUp.Cause.Text, hungUp.Cause, now);
                break;
            case InnerLegEvent.Lost lost:
                LoseConnector(lost.Detail, now);
                break;
        }
    }

    private void Answer(InnerLeg leg, NegotiatedAudio audio, Instant now)
    {
        leg.Target.Succeeded();
        Command(new MediaCommand.ConfigureInner(MediaId, audio, IsNewPeer: true));
        if (State == EdgeCallState.Talking)
        {
            CompleteTakeover(leg, now);
            Believe(now);
        }
        else
        {
            _carrier!.Choose(audio.Codec, now, Sip);
            Pump(now);
            if (State != EdgeCallState.Distributing)
            {
                return;
            }

            State = EdgeCallState.Talking;
            Progress.AnsweredAt = now;
            Command(new MediaCommand.Bridge(MediaId, IsOpen: true));
            _carrier.Answer(now, Sip);
            Report(
                CallEventKind.Answered, ("setupMs", Progress.SetupMs), ("connector", leg.Target.Target.Name));
        }

        Catchup(leg, now);
    }

    // What happened while there was nobody to be told.
    private void Catchup(InnerLeg leg, Instant now)
    {
        if (WishOf(Carrier?.Audio) != leg.Wish)
        {
            leg.Change(WishOf(Carrier?.Audio), [], now, Sip);
        }

        foreach (var digit in _digits)
        {
            SendDigit(leg, digit, now);
        }

        _digits.Clear();
    }

    private void FollowCarrier(NegotiatedAudio audio, Instant now)
    {
        Command(new MediaCommand.ConfigureCarrier(MediaId, audio));
        Report(
            CallEventKind.MediaChanged,
            ("codec", audio.Codec),
            ("ptimeMs", audio.PacketTime.TotalMilliseconds),
            ("srtp", audio.LocalCrypto?.Suite),
            ("direction", audio.Direction));
        if (_inner is { State: InnerLegState.Confirmed } inner && WishOf(audio) != inner.Wish)
        {
            inner.Change(WishOf(audio), [], now, Sip);
        }

        IssueToken(now);
    }

    // What the carrier does not want to hear, the connector need not send.
    private static Direction WishOf(NegotiatedAudio? audio) =>
        audio?.Direction.Reverse() ?? Direction.SendReceive;

    private void TellHeaders(SipRequest request, Instant now)
    {
        var headers = EdgeHeaders.ToForward(request);
        if (headers.Count > 0 && !headers.SequenceEqual(_toldHeaders) && _inner is { } inner)
        {
            _toldHeaders = headers;
            inner.Change(inner.Wish, headers, now, Sip);
        }
    }

    private void Press(char digit, Instant now)
    {
        if (!Admitted.Trunk.DigitSources.Contains(DigitSource.SipInfo))
        {
            return;
        }

        if (_inner is { State: InnerLegState.Confirmed } inner)
        {
            SendDigit(inner, digit, now);
        }
        else if (_digits.Count < DigitsMax)
        {
            _digits.Add(digit);
        }
    }

    private void SendDigit(InnerLeg leg, char digit, Instant now)
    {
        var body = Encoding.ASCII.GetBytes($"Signal={digit}\r\nDuration=160\r\n");
        leg.Inform([], [new SipBodyPart("application/dtmf-relay", body)], now, Sip);
    }

    private void HearEpochs(string text, Instant now)
    {
        if (!CallEpochs.TryParse(text, out var heard))
        {
            return;
        }

        var isFenced = heard.Caller is { } caller && Epochs.Caller is { } own && caller > own;
        SetEpochs(Epochs.Raise(heard));
        if (isFenced)
        {
            Fence(now);
        }
    }

    private void SetEpochs(CallEpochs epochs)
    {
        Epochs = epochs;
        foreach (var leg in _legs)
        {
            leg.Epochs = $"{epochs}";
        }
    }

    // Another edge has the carrier: whatever we sent now would hurt a call that is alive elsewhere.
    private void Fence(Instant now)
    {
        if (IsClosing)
        {
            return;
        }

        Report(CallEventKind.Fenced, ("epochs", $"{Epochs}"));
        _carrier?.Fence(now);
        foreach (var leg in _legs)
        {
            leg.Supersede();
        }

        Command(new MediaCommand.Fence(MediaId));
        End("Fenced", "another edge has the caller", SipCauseTable.For(CallOutcome.Displaced), now);
    }

    private void Report(CallEventKind kind, params (string, object?)[] fields) =>
        _ports.Report(CallEvent.Create(Id, kind, fields));

    private void ReportEnd(MediaReport media) => Report(
        CallEventKind.Ended,
        ("outcome", _outcome),
        ("detail", _detail),
        ("answered", Progress.AnsweredAt is not null),
        ("setupMs", Progress.SetupMs),
        ("talkMs", Progress.TalkMs),
        ("trunk", Admitted.Trunk.Name),
        ("takeovers", _takeovers),
        ("inaudibleMs", Math.Round(_inaudible.TotalMilliseconds)),
        ("media", media));
}
