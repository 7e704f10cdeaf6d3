using System.Text;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Brings to the contact what the carrier's side says after the start: headers of a re-INVITE or UPDATE that
/// a rule maps, and whether the caller is on hold. Only changes are sent, one request at a time, the newest
/// value of each attribute; the call goes on whatever becomes of them.
/// </summary>
/// <remarks>Source: Amazon Connect API Reference, UpdateContactAttributes. Sans-IO.</remarks>
public sealed class AttributeCourier
{
    private readonly string _callId;
    private readonly AttributeTimings _timings;
    private readonly Dictionary<string, string> _known;
    private readonly OrderedDictionary<string, string> _wanted = [];
    private readonly OrderedDictionary<string, string> _inFlight = [];
    private readonly TimerTable<Timer> _timers = new();
    private (string InstanceId, string ContactId)? _contact;
    private int _attempts;

    /// <param name="callId">The call's.</param>
    /// <param name="atStart">What the contact is started with.</param>
    /// <param name="timings">Pace and repeats.</param>
    public AttributeCourier(string callId, ContactAttributes atStart, AttributeTimings timings)
    {
        _callId = callId;
        _timings = timings;
        _known = new Dictionary<string, string>(atStart.Items);
    }

    private enum Timer
    {
        /// <summary>
        /// Send what has changed meanwhile: <see cref="AttributeTimings.Gap"/> after a request.
        /// </summary>
        Gap,

        /// <summary>Repeat what failed: <see cref="AttributeTimings.RetryFirst"/>, doubling.</summary>
        Retry,
    }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>The contact exists: changes can be brought to it.</summary>
    public void Attach(string instanceId, string contactId, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _contact = (instanceId, contactId);
        SendIfIdle(now, outbox);
    }

    /// <summary>An attribute has this value now.</summary>
    /// <param name="key">Cleaned to what Connect allows.</param>
    /// <param name="value">The same value again is no change.</param>
    /// <param name="now">The time.</param>
    /// <param name="outbox">Effects.</param>
    public void Set(string key, string value, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (Latest(key) == value)
        {
            return;
        }

        _wanted[key] = value;
        SendIfIdle(now, outbox);
    }

    /// <summary>UpdateContactAttributes was answered; null for success.</summary>
    public void Complete(ConnectError? error, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (error is null)
        {
            foreach (var (key, value) in _inFlight)
            {
                _known[key] = value;
            }

            Report(CallEventKind.AttributesUpdated, outbox, ("attributes", _inFlight.Keys.ToArray()));
            Finish(now, outbox);
        }
        else if (error.IsTransient && _attempts < _timings.AttemptsMax)
        {
            _timers.Start(Timer.Retry, now + (_timings.RetryFirst * (1 << (_attempts - 1))));
        }
        else
        {
            Drop(error.Kind.ToString(), outbox);
            Finish(now, outbox);
        }
    }

    public void Expire(Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_timers.TryExpire(Timer.Retry, now))
        {
            Transmit(now, outbox);
        }

        if (_timers.TryExpire(Timer.Gap, now))
        {
            SendIfIdle(now, outbox);
        }
    }

    private string? Latest(string key) =>
        _wanted.TryGetValue(key, out var wanted) ? wanted
        : _inFlight.TryGetValue(key, out var sent) ? sent
        : _known.GetValueOrDefault(key);

    private void SendIfIdle(Instant now, Outbox<ConnectorEffect> outbox)
    {
        var isBusy = _inFlight.Count > 0 || _timers.IsRunning(Timer.Gap);
        if (_contact is null || isBusy || _wanted.Count == 0)
        {
            return;
        }

        _attempts = 0;
        Transmit(now, outbox);
    }

    // A repeat carries what has changed meanwhile: only the newest value of an attribute counts.
    private void Transmit(Instant now, Outbox<ConnectorEffect> outbox)
    {
        foreach (var (key, value) in _wanted)
        {
            _inFlight[key] = value;
        }

        _wanted.Clear();
        var attributes = new ContactAttributes();
        if (!Fits() || !_inFlight.All(item => attributes.TryAdd(item.Key, item.Value)))
        {
            Drop($"together they would exceed {ConnectLimits.MaxAttributesBytes} bytes", outbox);
            return;
        }

        _attempts++;
        _timers.Start(Timer.Gap, now + _timings.Gap);
        var (instanceId, contactId) = _contact!.Value;
        outbox.Add(new ConnectorEffect.UpdateAttributes(_callId, instanceId, contactId, attributes));
    }

    // The limit is that of all attributes of the contact, also of those that stay as they are.
    private bool Fits()
    {
        var unchanged = _known.Where(item => !_inFlight.ContainsKey(item.Key));
        var bytes = unchanged.Concat(_inFlight).Sum(item =>
            Encoding.UTF8.GetByteCount(item.Key) + Encoding.UTF8.GetByteCount(item.Value));
        return bytes <= ConnectLimits.MaxAttributesBytes;
    }

    private void Finish(Instant now, Outbox<ConnectorEffect> outbox)
    {
        _inFlight.Clear();
        SendIfIdle(now, outbox);
    }

    private void Drop(string reason, Outbox<ConnectorEffect> outbox)
    {
        Report(
            CallEventKind.AttributesDropped, outbox, ("attributes", _inFlight.Keys.ToArray()),
            ("reason", reason));
        _inFlight.Clear();
    }

    private void Report(
        CallEventKind kind, Outbox<ConnectorEffect> outbox, params (string, object?)[] fields) =>
        outbox.Add(new ConnectorEffect.Report(CallEvent.Create(_callId, kind, fields)));
}
