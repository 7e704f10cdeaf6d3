using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Watches one connector: asks it by OPTIONS what it can take (RFC 3261 §11), and decides when it is dead.
/// </summary>
/// <remarks>
/// Silent to OPTIONS alone costs a connector new calls only. It is dead when no connection can be opened to it,
/// twice at once; or when the media of all its calls is silent <em>and</em> either its life signs have stopped or,
/// if it sends none, an OPTIONS asked because of that silence has no answer.
/// </remarks>
public sealed class TargetProbe
{
    private const int RefusalsOfTheDead = 2;

    private readonly ProbeSettings _settings;
    private readonly InnerLegSettings _inner;
    private readonly SipTransactionLayer _layer;
    private readonly RandomSource _random;
    private readonly TimerTable<Timer> _timers = new();
    private readonly HashSet<string> _talking = [];
    private readonly HashSet<string> _silent = [];
    private readonly string _tag;
    private SipClientTransaction? _pending;
    private Instant _askedAt;
    private Instant? _signedAt;
    private bool _isUrgent;
    private int _missed;
    private int _refusals;
    private uint _sequence;

    public TargetProbe(
        TargetState target,
        ProbeSettings settings,
        InnerLegSettings inner,
        SipTransactionLayer layer,
        RandomSource random,
        Instant now)
    {
        (Target, _settings, _inner, _layer, _random) = (target, settings, inner, layer, random);
        _tag = random.NextHex(16);
        _timers.Start(Timer.Ask, now);
    }

    private enum Timer
    {
        /// <summary>Ask again; 1 s, a tenth more or less.</summary>
        Ask,

        /// <summary>The answer is missing; 500 ms, or 200 ms with all media silent.</summary>
        Answer,

        /// <summary>A life sign is missing; 400 ms.</summary>
        Sign,
    }

    public TargetState Target { get; }

    /// <summary>What is news; drained by the owner.</summary>
    public Outbox<ProbeEvent> Events { get; } = new();

    public Instant? Deadline => _timers.Next;

    /// <summary>Whether an answer is waited for.</summary>
    public bool IsAsking => _pending is not null;

    private bool IsMediaSilent => _silent.Count >= _talking.Count;

    /// <summary>It carries the media of a call, or does so no more.</summary>
    public void NoteTalking(string callId, bool isTalking)
    {
        _silent.Remove(callId);
        if (isTalking)
        {
            _talking.Add(callId);
        }
        else
        {
            _talking.Remove(callId);
        }
    }

    /// <summary>The media of one of its calls is silent, or is heard again.</summary>
    public void NoteMedia(string callId, bool isSilent, Instant now)
    {
        if (!isSilent)
        {
            _silent.Remove(callId);
        }
        else if (_talking.Contains(callId) && _silent.Add(callId) && IsMediaSilent)
        {
            Suspect(now);
        }
    }

    /// <summary>A life sign came.</summary>
    public void NoteSign(Instant now)
    {
        _signedAt = now;
        _timers.Start(Timer.Sign, now + _settings.DetectionTime);
    }

    /// <summary>A connection to it broke: whether it is gone shows when a new one is opened.</summary>
    public void NoteBrokenFlow(Instant now) => AskNow(now);

    public void Expire(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (_timers.TryExpire(Timer.Sign, now) && IsMediaSilent)
        {
            Die();
        }

        if (_timers.TryExpire(Timer.Answer, now))
        {
            Miss(now);
        }

        if (_timers.TryExpire(Timer.Ask, now))
        {
            Ask(now, sip);
        }
    }

    public void ReceiveResponse(SipClientTransaction transaction, SipResponse response, Instant now)
    {
        if (!ReferenceEquals(transaction, _pending) || !response.IsFinal)
        {
            return;
        }

        Settle(now);
        (_missed, _refusals) = (0, 0);
        var isKnown = response.TryGetHeader(LoadReport.Header, out var text);
        var load = isKnown && LoadReport.TryParse(text!, out var report) ? report : null;
        var before = Target.Health;
        if (response.IsSuccess)
        {
            Target.Answered(load, now - _askedAt, now);
        }
        else
        {
            Target.Refused(load, response.RetryAfter, now);
        }

        TellChange(before);
    }

    public void FailClient(SipClientTransaction transaction, SipTransactionOutcome outcome, Instant now)
    {
        if (!ReferenceEquals(transaction, _pending))
        {
            return;
        }

        Settle(now);
        if (outcome != SipTransactionOutcome.TransportFailed)
        {
            Miss(now);
        }
        else if (++_refusals >= RefusalsOfTheDead)
        {
            Die();
        }
        else
        {
            AskNow(now);
        }
    }

    private void Ask(Instant now, Outbox<SipLayerEffect> sip)
    {
        var flow = SipFlow.Connect(Target.Target.Transport, _inner.Local, Target.Target.Address);
        var host = _inner.Local.Address.ToString();
        var to = new SipUri(null, flow.Remote.Address.ToString(), flow.Remote.Port);
        var options = new SipRequestBuilder(SipMethod.Options, to)
        {
            From = new NameAddress(new SipUri("edge", host)).WithTag(_tag),
            To = new NameAddress(to),
            CallId = $"{_tag}@{host}",
            CSeqNumber = ++_sequence,
            Contact = new NameAddress(new SipUri(null, host, _inner.Local.Port)),
        };
        options.AddVia(_layer.CreateVia(flow)).AddHeader("Accept", "application/sdp");
        _askedAt = now;
        _timers.Start(Timer.Answer, now + (_isUrgent ? _settings.UrgentLimit : _settings.Limit));
        _pending = _layer.SendRequest(options.Build(), flow, now, sip);
        if (_pending is not null)
        {
            _pending.Owner = this;
        }
    }

    private void AskNow(Instant now)
    {
        _pending = null;
        _timers.Stop(Timer.Answer);
        _timers.Start(Timer.Ask, now);
    }

    // Everything that we hear from it has stopped at once.
    private void Suspect(Instant now)
    {
        if (_signedAt is { } signedAt)
        {
            if (now - signedAt >= _settings.DetectionTime)
            {
                Die();
            }
        }
        else if (!_isUrgent)
        {
            _isUrgent = true;
            AskNow(now);
        }
    }

    private void Settle(Instant now)
    {
        _pending = null;
        _isUrgent = false;
        _timers.Stop(Timer.Answer);
        // Spread: many edges must not ask at the same moment.
        _timers.Start(Timer.Ask, now + (_settings.Interval * (0.9 + (0.2 * _random.NextDouble()))));
    }

    private void Miss(Instant now)
    {
        var wasUrgent = _isUrgent;
        Settle(now);
        var before = Target.Health;
        if (wasUrgent && _silent.Count > 0 && IsMediaSilent)
        {
            Die();
        }
        else if (++_missed >= _settings.SilentAfter)
        {
            Target.FellSilent();
            TellChange(before);
        }
    }

    private void Die()
    {
        if (Target.Died())
        {
            Events.Add(ProbeEvent.Died);
        }
    }

    private void TellChange(TargetHealth before)
    {
        if (before != Target.Health)
        {
            Events.Add(ProbeEvent.HealthChanged);
        }
    }
}
