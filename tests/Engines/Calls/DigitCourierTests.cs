using Farspan.Kernel;

namespace Farspan.Calls.Tests;

/// <summary>Digits arrive, however old the participant's connection has become.</summary>
public sealed class DigitCourierTests
{
    private static readonly DateTimeOffset Origin = DateTimeOffset.UnixEpoch;

    private readonly Outbox<ConnectorEffect> _outbox = new();
    private readonly DigitCourier _courier = new("call", new DigitTimings(), Origin);
    private Instant _now;

    [Fact]
    public void ATokenThatIsRefused_IsRenewed_AndTheSameMessageGoesOutAgain()
    {
        Begin(expiry: null);
        Type('1');
        Assert.Equal([("1", "call-2", "token-1")], Sent());

        Answer(ConnectErrorKind.AccessDenied);

        Assert.Single(Connects());
        Connect("token-2", null);
        Assert.Equal([("1", "call-2", "token-2")], Sent());
        Answer(null);
        Type('2');
        Assert.Equal([("2", "call-3", "token-2")], Sent());
    }

    [Fact]
    public void ATokenThatHasExpired_IsRenewedBeforeItIsUsed()
    {
        Begin(Origin + TimeSpan.FromHours(24));
        Type('1');
        Answer(null);
        _outbox.Clear();
        _now = Instant.Zero + TimeSpan.FromHours(24) - TimeSpan.FromSeconds(11);
        Type('2');
        Assert.Equal([("2", "call-3", "token-1")], Sent());
        Answer(null);
        _now = Instant.Zero + TimeSpan.FromHours(24);

        Type('3');

        Assert.Empty(_outbox.Effects.ToArray().OfType<ConnectorEffect.SendDigits>());
        Assert.Single(Connects());
        Connect("token-2", Origin + TimeSpan.FromHours(48));
        Assert.Equal([("3", "call-4", "token-2")], Sent());
    }

    [Fact]
    public void ATokenThatIsGivenOutExpired_IsTriedOnce_NotRenewedForEver()
    {
        Begin(Origin - TimeSpan.FromHours(1));
        Type('1');
        Assert.Empty(Sent());
        Assert.Single(Connects());

        Connect("token-2", Origin - TimeSpan.FromHours(1));

        Assert.Equal([("1", "call-2", "token-2")], Sent());
        Assert.Empty(Connects());
    }

    [Fact]
    public void DigitsThatNoTokenHelps_AreGivenUp_AfterTheAttemptsOfAMessage()
    {
        Begin(expiry: null);
        Type('1');
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.Single(Sent());
            Answer(ConnectErrorKind.AccessDenied);
            if (attempt == 5)
            {
                Assert.Equal("AccessDenied", Dropped()["reason"]);
            }

            Assert.Single(Connects());
            Connect($"token-{attempt + 1}", null);
        }

        Assert.Empty(Sent());
        Type('2');
        Assert.Equal([("2", "call-3", "token-6")], Sent());
    }

    [Fact]
    public void WithoutAConnection_WhatWasTypedIsGivenUp_AndTheNextKeyAsksAgain()
    {
        _courier.Attach("instance", new Redacted<string>("participant"), _now, _outbox);
        Type('1');
        Assert.Single(Connects());
        _courier.CompleteConnect(
            ConnectResult<ParticipantConnection>.Fail(new ConnectError(ConnectErrorKind.AccessDenied)),
            _now,
            _outbox);

        Assert.Equal(1, Dropped()["count"]);
        Assert.Null(_courier.Deadline);
        _outbox.Clear();
        Type('2');
        Assert.Single(Connects());
        Connect("token", null);

        Assert.Equal([("2", "call-1", "token")], Sent());
    }

    private void Begin(DateTimeOffset? expiry)
    {
        _courier.Attach("instance", new Redacted<string>("participant"), _now, _outbox);
        _courier.Press('0', DigitSource.SipInfo, _now, _outbox);
        Connect("token-1", expiry);
        Pass();
        Assert.Single(Sent());
        Answer(null);
        _outbox.Clear();
    }

    private void Connect(string token, DateTimeOffset? expiry) => _courier.CompleteConnect(
        ConnectResult<ParticipantConnection>.Succeed(
            new ParticipantConnection(new Redacted<string>(token), expiry)),
        _now,
        _outbox);

    private void Type(char digit)
    {
        Assert.True(_courier.Press(digit, DigitSource.SipInfo, _now, _outbox));
        Pass();
    }

    private void Pass()
    {
        while (_courier.Deadline is { } deadline)
        {
            _now = deadline;
            _courier.Expire(_now, _outbox);
        }
    }

    private void Answer(ConnectErrorKind? kind)
    {
        _courier.CompleteSend(kind is { } failed ? new ConnectError(failed) : null, _now, _outbox);
        Pass();
    }

    private CallEvent Dropped() => _outbox.Effects.ToArray().OfType<ConnectorEffect.Report>()
        .Select(r => r.Event).Single(e => e.Kind == CallEventKind.DigitsDropped);

    private List<(string, string, string)> Sent() => [.. Take<ConnectorEffect.SendDigits>()
        .Select(s => (s.Digits, s.ClientToken, s.ConnectionToken.Reveal()))];

    private List<ConnectorEffect.ConnectParticipant> Connects() => Take<ConnectorEffect.ConnectParticipant>();

    private List<T> Take<T>()
        where T : ConnectorEffect
    {
        var effects = _outbox.Drain();
        foreach (var other in effects.Where(e => e is not T))
        {
            _outbox.Add(other);
        }

        return [.. effects.OfType<T>()];
    }
}
