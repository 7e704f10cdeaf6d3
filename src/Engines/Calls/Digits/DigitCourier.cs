using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Takes the digits of one call from wherever they are seen to the contact: one digit a key, in order,
/// each once, over a participant connection that is made when the first key is pressed.
/// </summary>
/// <remarks>
/// Most calls never press a key, and CreateParticipantConnection is a request with a quota. A connection's
/// token lives for a day at most and may end before: then another one is made, and the message that met the
/// end goes out again with its own ClientToken.
/// </remarks>
public sealed class DigitCourier
{
    private static readonly TimeSpan ConnectRetry = TimeSpan.FromSeconds(1);
    private const int ConnectAttemptsMax = 5;

    /// <summary>A token that has less time left than a request takes is not used any more.</summary>
    private static readonly TimeSpan ExpiryLead = TimeSpan.FromSeconds(10);

    private readonly string _callId;
    private readonly DateTimeOffset _clockOrigin;
    private readonly DigitMerger _merger = new();
    private readonly DigitSender _sender;
    private readonly Outbox<DigitEffect> _effects = new();
    private readonly TimerTable<Timer> _timers = new();
    private string _instanceId = "";
    private Redacted<string>? _participantToken;
    private Redacted<string>? _connectionToken;
    private Instant _expiresAt = Instant.Never;
    private bool _isUsed;
    private bool _isConnecting;
    private bool _hasDigits;
    private int _connectAttempts;
    private int _releasedIndex;
    private DigitEffect.SendMessage? _withheld;

    /// <param name="callId">The call's.</param>
    /// <param name="timings">How digits are collected and repeated.</param>
    /// <param name="clockOrigin">The wall-clock time of <see cref="Instant.Zero"/>.</param>
    public DigitCourier(string callId, DigitTimings timings, DateTimeOffset clockOrigin)
    {
        _callId = callId;
        _clockOrigin = clockOrigin;
        _sender = new DigitSender(callId, timings);
    }

    private enum Timer
    {
        /// <summary>Ask for a participant connection again: 1 s after a failure.</summary>
        Connect,
    }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => Instant.Earlier(_sender.Deadline, _timers.Next);

    /// <summary>Whether a message waits for <see cref="Release"/> before it is sent for the first time.</summary>
    public bool IsGated { get; init; }

    /// <summary>The message that waits for its release; 0 if none does.</summary>
    public int WithheldIndex => _withheld is null ? 0 : _sender.MessageIndex;

    /// <summary>Messages that were begun.</summary>
    public int MessageIndex => _sender.MessageIndex;

    /// <summary>The digits of the last message, until it has arrived.</summary>
    public string OnTheirWay => _sender.OnTheirWay;

    /// <summary>Null before the first key, and after the end of a connection.</summary>
    public ParticipantConnection? Connection { get; private set; }

    /// <summary>Goes on where another node was; before <see cref="Attach"/>.</summary>
    public void Resume(int messageIndex, string onTheirWay, ParticipantConnection? connection)
    {
        _releasedIndex = messageIndex;
        _sender.Resume(messageIndex, onTheirWay);
        _hasDigits = onTheirWay.Length > 0;
        if (connection is not null)
        {
            Use(connection);
        }
    }

    /// <summary>The message that waits may go: a survivor would know of it.</summary>
    public void Release(Instant now, Outbox<ConnectorEffect> outbox)
    {
        _releasedIndex = _sender.MessageIndex;
        if (_withheld is { } message)
        {
            _withheld = null;
            if (_connectionToken is not null)
            {
                Send(message, now, outbox);
            }

            Settle(now, outbox);
        }
    }

    /// <summary>The contact exists: digits can be brought to it.</summary>
    public void Attach(
        string instanceId, Redacted<string> participantToken, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _instanceId = instanceId;
        _participantToken = participantToken;
        if (_connectionToken is not null)
        {
            _sender.Open(now, _effects);
        }

        Settle(now, outbox);
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
        Settle(now, outbox);
        return true;
    }

    public void CompleteConnect(
        ConnectResult<ParticipantConnection> result, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _isConnecting = false;
        if (result.TryGet(out var connection, out var error))
        {
            _connectAttempts = 0;
            Use(connection);
            _sender.Open(now, _effects);
        }
        else if (error.IsTransient && _connectAttempts < ConnectAttemptsMax)
        {
            _timers.Start(Timer.Connect, now + ConnectRetry);
        }
        else
        {
            (_hasDigits, _connectAttempts) = (false, 0);
            _sender.GiveUp($"no participant connection: {error.Kind}", _effects);
        }

        Settle(now, outbox);
    }

    /// <summary>SendMessage was answered; null for success.</summary>
    public void CompleteSend(ConnectError? error, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (error is null)
        {
            Report(CallEventKind.DigitsDelivered, outbox, ("message", _sender.MessageIndex));
            _sender.Succeed(now, _effects);
        }
        else if (error.Kind is ConnectErrorKind.AccessDenied or ConnectErrorKind.ExpiredCredentials)
        {
            Disconnect(error.Kind.ToString());
        }
        else
        {
            _sender.Fail(error.IsTransient, error.Kind.ToString(), now, _effects);
        }

        Settle(now, outbox);
    }

    public void Expire(Instant now, Outbox<ConnectorEffect> outbox)
    {
        _timers.TryExpire(Timer.Connect, now);
        _sender.Expire(now, _effects);
        Settle(now, outbox);
    }

    private void Settle(Instant now, Outbox<ConnectorEffect> outbox)
    {
        Apply(now, outbox);
        ConnectIfNeeded(outbox);
        Apply(now, outbox);
    }

    private void Use(ParticipantConnection connection)
    {
        _isUsed = false;
        Connection = connection;
        _connectionToken = connection.ConnectionToken;
        _expiresAt = connection.Expiry is { } expiry
            ? Instant.Zero + (expiry - _clockOrigin) - ExpiryLead
            : Instant.Never;
    }

    private void Disconnect(string reason)
    {
        Connection = null;
        _connectionToken = null;
        _sender.Suspend(reason, _effects);
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

    private void Apply(Instant now, Outbox<ConnectorEffect> outbox)
    {
        foreach (var effect in _effects.Drain())
        {
            switch (effect)
            {
                case DigitEffect.SendMessage message:
                    Send(message, now, outbox);
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

    // A token that was given out as expired is tried once all the same: clocks may differ.
    private void Send(DigitEffect.SendMessage message, Instant now, Outbox<ConnectorEffect> outbox)
    {
        Invariant.Require(_connectionToken is not null);
        if (IsGated && _sender.MessageIndex > _releasedIndex)
        {
            _withheld = message;
            return;
        }

        if (_isUsed && _expiresAt <= now)
        {
            Disconnect("the participant connection has expired");
            return;
        }

        _isUsed = true;
        outbox.Add(new ConnectorEffect.SendDigits(
            _callId, _instanceId, _connectionToken.Value, message.Digits, message.ClientToken));
    }

    private void Report(
        CallEventKind kind, Outbox<ConnectorEffect> outbox, params (string, object?)[] fields) =>
        outbox.Add(new ConnectorEffect.Report(CallEvent.Create(_callId, kind, fields)));
}
