using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Takes the digits of one call from wherever they are seen to the contact: one digit a key, in order,
/// each once, over a participant connection that is made when the first key is pressed.
/// </summary>
/// <remarks>
/// Most calls never press a key, and CreateParticipantConnection is a request with a quota.
/// </remarks>
public sealed class DigitCourier
{
    private static readonly TimeSpan ConnectRetry = TimeSpan.FromSeconds(1);
    private const int ConnectAttemptsMax = 5;

    private readonly string _callId;
    private readonly DigitMerger _merger = new();
    private readonly DigitSender _sender;
    private readonly Outbox<DigitEffect> _effects = new();
    private readonly TimerTable<Timer> _timers = new();
    private string _instanceId = "";
    private Redacted<string>? _participantToken;
    private Redacted<string>? _connectionToken;
    private bool _isConnecting;
    private bool _hasDigits;
    private int _connectAttempts;

    public DigitCourier(string callId, DigitTimings timings)
    {
        _callId = callId;
        _sender = new DigitSender(callId, timings);
    }

    private enum Timer
    {
        /// <summary>Ask for a participant connection again: 1 s after a failure.</summary>
        Connect,
    }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => Instant.Earlier(_sender.Deadline, _timers.Next);

    /// <summary>The contact exists: digits can be brought to it.</summary>
    public void Attach(string instanceId, Redacted<string> participantToken, Outbox<ConnectorEffect> outbox)
    {
        _instanceId = instanceId;
        _participantToken = participantToken;
        ConnectIfNeeded(outbox);
    }

    /// <summary>A digit was seen.</summary>
    /// <returns>False if it is the echo of one that was counted already.</returns>
    public bool Press(char digit, DigitSource source, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!_merger.TryAccept(digit, source, now))
        {
            return false;
        }

        _hasDigits = true;
        _sender.Press(digit, now, _effects);
        Apply(outbox);
        ConnectIfNeeded(outbox);
        return true;
    }

    public void CompleteConnect(
        ConnectResult<ParticipantConnection> result, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _isConnecting = false;
        if (result.TryGet(out var connection, out var error))
        {
            _connectAttempts = 0;
            _connectionToken = connection.ConnectionToken;
            _sender.Open(now, _effects);
            Apply(outbox);
        }
        else if (error.IsTransient && _connectAttempts < ConnectAttemptsMax)
        {
            _timers.Start(Timer.Connect, now + ConnectRetry);
        }
        else
        {
            Report(
                CallEventKind.DigitsDropped, outbox, ("reason", $"no participant connection: {error.Kind}"));
        }
    }

    /// <summary>SendMessage was answered; null for success.</summary>
    public void CompleteSend(ConnectError? error, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (error is null)
        {
            Report(CallEventKind.DigitsDelivered, outbox, ("message", _sender.MessageIndex));
            _sender.Succeed(now, _effects);
        }
        else
        {
            _sender.Fail(error.IsTransient, error.Kind.ToString(), now, _effects);
        }

        Apply(outbox);
    }

    public void Expire(Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_timers.TryExpire(Timer.Connect, now))
        {
            ConnectIfNeeded(outbox);
        }

        _sender.Expire(now, _effects);
        Apply(outbox);
    }

    private void ConnectIfNeeded(Outbox<ConnectorEffect> outbox)
    {
        var isBusy = _isConnecting || _timers.IsRunning(Timer.Connect);
        var isNeeded = _hasDigits && _connectionToken is null && !isBusy;
        if (isNeeded && _participantToken is { } token)
        {
            _isConnecting = true;
            _connectAttempts++;
            outbox.Add(new ConnectorEffect.ConnectParticipant(_callId, _instanceId, token));
        }
    }

    private void Apply(Outbox<ConnectorEffect> outbox)
    {
        foreach (var effect in _effects.Drain())
        {
            switch (effect)
            {
                case DigitEffect.SendMessage message:
                    Invariant.Require(_connectionToken is not null);
                    outbox.Add(new ConnectorEffect.SendDigits(
                        _callId, _instanceId, _connectionToken.Value, message.Digits, message.ClientToken));
                    break;
                case DigitEffect.Drop drop:
                    var count = drop.Digits.Length;
                    Report(CallEventKind.DigitsDropped, outbox, ("reason", drop.Reason), ("count", count));
                    break;
                default:
                    throw Invariant.Unreachable(effect);
            }
        }
    }

    private void Report(
        CallEventKind kind, Outbox<ConnectorEffect> outbox, params (string, object?)[] fields) =>
        outbox.Add(new ConnectorEffect.Report(CallEvent.Create(_callId, kind, fields)));
}
