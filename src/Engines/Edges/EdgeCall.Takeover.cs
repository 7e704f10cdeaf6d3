using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <content>Which connector gets the call, and which one gets it next.</content>
public sealed partial class EdgeCall
{
    private const int RoundsMax = 2;

    private static readonly SipCause NoConnector =
        new(503, "Service Unavailable", 42, "no connector takes calls", TimeSpan.FromSeconds(5));

    private static readonly SipCause ConnectorsLost =
        new(503, "Service Unavailable", 41, "no connector took the call over");

    private ReadOnlyMemory<byte> _resumeToken;
    private Instant? _lostAt;
    private int _rounds;
    private bool _isContactGone;
    private bool _isRefused;
    private int _takeovers;
    private TimeSpan _inaudible;

    /// <summary>The connector is dead, or is to be replaced: another one takes the contact over.</summary>
    public void LoseConnector(string detail, Instant now)
    {
        if (IsClosing || _inner is not { } lost)
        {
            return;
        }

        Report(CallEventKind.ConnectorLost, ("connector", lost.Target.Target.Name), ("detail", detail));
        lost.Supersede();
        Use(null);
        _tried.Clear();
        _tried.Add(lost.Target.Target.Name);
        if (State == EdgeCallState.Talking && _lostAt is null)
        {
            (_lostAt, _rounds, _isRefused) = (now, 0, false);
            _timers.Start(Timer.GiveUp, now + _ports.Settings.TakeoverLimit);
        }

        TryNext(now);
        Pump(now);
    }

    // A contact that nobody can rejoin, or whose minute is over, is replaced by a new one that knows of it. That all
    // connectors refuse it twice is as good as their word; that they are silent says nothing of the contact.
    private bool WantsNewContact(Instant now) =>
        _lostAt is { } lostAt
        && (_resumeToken.IsEmpty || _isContactGone || (_isRefused && _rounds >= RoundsMax)
            || now - lostAt >= _ports.Settings.ContactLife);

    private void TryNext(Instant now)
    {
        var mayTry = _lostAt is not null || _attempts < _ports.Settings.AttemptsMax;
        if (!mayTry || !_ports.Distributor.TryChoose(_tried, region: null, now, out var target))
        {
            GiveUpRound(now);
            return;
        }

        _attempts++;
        _tried.Add(target.Target.Name);
        var contact = Epochs.Contact is { } last ? last.Next(target.Target.Name) : Epoch.First(target.Target.Name);
        SetEpochs(Epochs.With(CallSide.Contact, contact));
        Report(
            CallEventKind.ConnectorChosen,
            ("connector", target.Target.Name),
            ("region", target.Target.Region),
            ("attempt", _attempts),
            ("resumes", _lostAt is not null && !WantsNewContact(now)));
        var sipCallId = InnerCallId.Write(Id, _attempts);
        var leg = new InnerLeg(
            target, sipCallId, _ports.Settings.Inner, _ports.Sip, _ports.Random, _ports.Keys)
        {
            Owner = this,
            Epochs = $"{Epochs}",
        };
        _legs.Add(leg);
        Use(leg);
        leg.Call(Invite(now), now, Sip);
    }

    private InnerInvite Invite(Instant now)
    {
        List<KeyValuePair<string, string>> headers = [.. Admitted.Headers];
        if (WantsNewContact(now))
        {
            var lost = (long)(now - _lostAt!.Value).TotalMilliseconds;
            headers.Add(new(EdgeHeaders.History, $"contact-lost;ms={lost};takeovers={_takeovers}"));
        }

        var codecs = State == EdgeCallState.Talking && Carrier!.Audio is { } agreed
            ? [agreed.Codec]
            : Carrier!.CommonCodecs;
        List<SipBodyPart> tokens = [];
        if (!_resumeToken.IsEmpty)
        {
            tokens.Add(new SipBodyPart(ClusterHeaders.ResumeType, _resumeToken));
        }

        if (State == EdgeCallState.Talking && SealToken(now) is { } token)
        {
            tokens.Add(token);
        }

        return new InnerInvite
        {
            CallId = Id,
            Trunk = Admitted.Trunk.Name,
            CallerName = Admitted.CallerName,
            Caller = Admitted.Caller,
            Called = Admitted.CalledUser,
            SipCallId = Admitted.SipCallId,
            Headers = headers,
            Epochs = Epochs,
            Local = LocalMediaOf(_opened!.InnerRtp, _innerSessionId + (ulong)_attempts),
            Direction = WishOf(Carrier.Audio),
            Tokens = tokens,
            Media = InnerMediaSettings() with { Codecs = codecs },
        };
    }

    private CarrierMediaSettings InnerMediaSettings() => Admitted.Trunk.Leg.Media with
    {
        Srtp = _ports.Settings.InnerSrtp,
        PacketTime = Carrier?.Audio?.PacketTime ?? Admitted.Trunk.Leg.Media.PacketTime,
        ComfortNoise = Carrier?.Audio?.ComfortNoisePayloadType is not null,
    };

    private void FailOver(InnerLeg leg, InnerLegEvent.Failed failed, Instant now)
    {
        var cause = failed.Cause;
        Report(
            CallEventKind.ConnectorFailed,
            ("connector", leg.Target.Target.Name),
            ("status", cause.StatusCode),
            ("cause", cause.Text));
        if (failed.IsSilence || FinalCodePolicy.BlamesConnector(cause.StatusCode))
        {
            leg.Target.Failed(cause.StatusCode == 503 ? cause.RetryAfter : null, now);
        }

        Use(null);
        _lastFailure = cause;
        if (IsClosing)
        {
            return;
        }

        if (_lostAt is not null)
        {
            // Of a takeover no answer is the callee's: it says at most that this contact cannot be had again.
            _isRefused |= !failed.IsSilence;
            _isContactGone |= failed.Contact is ContactState.Gone or ContactState.Ended
                || cause.StatusCode is 404 or 410 or 481;
            TryNext(now);
        }
        else if (failed.IsSilence || FinalCodePolicy.GoesOn(cause.StatusCode))
        {
            TryNext(now);
        }
        else
        {
            End("Refused", cause.Text, cause, now);
        }
    }

    private void GiveUpRound(Instant now)
    {
        if (_lostAt is not null)
        {
            _timers.Start(Timer.Retry, now + _ports.Settings.TakeoverPause);
        }
        else
        {
            End("NoConnector", _lastFailure?.Text ?? "none takes calls", _lastFailure ?? NoConnector, now);
        }
    }

    private void RetryTakeover(Instant now)
    {
        _rounds++;
        _tried.Clear();
        if (_inner is null)
        {
            TryNext(now);
        }
    }

    private void CompleteTakeover(InnerLeg leg, Instant now)
    {
        var gap = _lostAt is { } lostAt ? now - lostAt : TimeSpan.Zero;
        _takeovers++;
        _inaudible += gap;
        (_lostAt, _isContactGone) = (null, false);
        _timers.StopAll();
        Report(
            CallEventKind.ContactTakenOver,
            ("connector", leg.Target.Target.Name),
            ("gapMs", Math.Round(gap.TotalMilliseconds)),
            ("rounds", _rounds));
        IssueToken(now);
    }

    // Who has the call counts it, from the INVITE on.
    private void Use(InnerLeg? leg)
    {
        _inner?.Target.Ended();
        _inner = leg;
        _tokenOnItsWay = null;
        leg?.Target.Started();
    }
}
