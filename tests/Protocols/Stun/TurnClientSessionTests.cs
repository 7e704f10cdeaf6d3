using CsCheck;
using Farspan.Kernel;

namespace Farspan.Stun.Tests;

public sealed class TurnClientSessionTests
{
    private static readonly TransportAddress Client = TransportAddress.FromIPv4(0xC0000201, 5000);
    private static readonly TransportAddress Relay = TransportAddress.FromIPv4(0xC6336401, 49152);
    private static readonly TransportAddress Peer = TransportAddress.FromIPv4(0xCB007101, 6000);

    private readonly FakeTurnServer _server = new(Relay);
    private readonly Outbox<TurnEffect> _outbox = new();
    private readonly List<TurnEffect> _events = [];
    private TurnClientSession _session = Create(new TurnSettings());
    private Instant _now = Instant.Zero;

    [Fact] // RFC 8489 §9.2.3: challenge, then the same request signed.
    public void Allocate_is_challenged_signed_and_granted()
    {
        Allocate();

        Assert.Equal([new TurnEffect.Allocated(Relay, Client, TimeSpan.FromSeconds(600))], _events);
        Assert.Equal(TurnState.Allocated, _session.State);
        Assert.Equal([(StunMethod.Allocate, (uint?)600u)], _server.Requests);
    }

    [Fact] // RFC 8656 §8: a minute before the end.
    public void The_allocation_is_refreshed_a_minute_before_it_ends()
    {
        Allocate();
        RunUntil(Instant.FromMilliseconds(539_999));
        Assert.Single(_server.Requests);
        RunUntil(Instant.FromMilliseconds(1_080_000));

        Assert.Equal(3, _server.Requests.Count);
        Assert.All(
            _server.Requests.Skip(1), request => Assert.Equal((StunMethod.Refresh, (uint?)600u), request));
    }

    [Fact]
    public void A_short_allocation_is_refreshed_at_half_its_life()
    {
        _server.LifetimeSeconds = 20;
        Allocate();

        Assert.Equal(10_000, _session.Deadline!.Value.Milliseconds);
    }

    [Fact] // RFC 8489 §9.2.5
    public void A_stale_nonce_is_replaced_and_the_request_repeated()
    {
        Allocate();
        _server.Nonce = "nonce-2";
        _session.Permit(Peer, _now, _outbox);
        Perform();

        Assert.Contains(new TurnEffect.Permitted(Peer), _events);
        Assert.Equal(TurnState.Allocated, _session.State);
    }

    [Fact]
    public void Wrong_credentials_end_the_session_after_one_signed_attempt()
    {
        var wrong = new TurnCredentials("user", new Redacted<string>("wrong"));
        _session = new TurnClientSession(wrong, new TurnSettings(), new RandomSource(3));
        Allocate();

        Assert.Equal(
            [new TurnEffect.Failed(TurnFailure.Unauthorized, StunErrorCode.Unauthenticated)], _events);
        Assert.Null(_session.Deadline);
    }

    [Fact]
    public void A_server_that_never_likes_a_nonce_is_given_up()
    {
        _server.NextErrors.Enqueue((StunErrorCode.ServerError, default));
        var answers = 0;
        _session.Start(_now, _outbox);
        while (_outbox.Count > 0 && answers < 20)
        {
            foreach (var effect in _outbox.Drain())
            {
                if (effect is TurnEffect.Transmit transmit)
                {
                    _server.Nonce = $"nonce-{answers++}";
                    _session.TryReceive(_server.Receive(transmit.Bytes.Span, Client), _now, _outbox, out _);
                }
                else
                {
                    _events.Add(effect);
                }
            }
        }

        Assert.IsType<TurnEffect.Failed>(Assert.Single(_events));
        Assert.Equal(1 + TurnLimits.MaxNonceRetries, answers);
    }

    [Theory]
    [InlineData(StunErrorCode.AllocationMismatch, TurnFailure.AllocationMismatch)]
    [InlineData(StunErrorCode.AllocationQuotaReached, TurnFailure.QuotaReached)]
    [InlineData(StunErrorCode.InsufficientCapacity, TurnFailure.InsufficientCapacity)]
    [InlineData(StunErrorCode.Forbidden, TurnFailure.Forbidden)]
    [InlineData(StunErrorCode.ServerError, TurnFailure.Rejected)]
    public void An_error_to_Allocate_is_an_outcome(StunErrorCode code, TurnFailure failure)
    {
        _server.NextErrors.Enqueue((code, default));
        Allocate();

        Assert.Equal([new TurnEffect.Failed(failure, code)], _events);
    }

    [Fact] // RFC 8489 §10
    public void Try_alternate_names_the_other_server()
    {
        _server.NextErrors.Enqueue((StunErrorCode.TryAlternate, Peer));
        Allocate();

        Assert.Equal(
            [
                new TurnEffect.Redirected(Peer),
                new TurnEffect.Failed(TurnFailure.Redirected, StunErrorCode.TryAlternate),
            ],
            _events);
    }

    [Fact]
    public void A_silent_server_times_out()
    {
        _session.Start(_now, _outbox);
        while (_session.Deadline is { } deadline)
        {
            _now = deadline;
            _session.Expire(_now, _outbox);
        }

        var effects = _outbox.Drain();
        Assert.Equal(7, effects.Count(effect => effect is TurnEffect.Transmit));
        Assert.Equal(new TurnEffect.Failed(TurnFailure.TimedOut, null), effects[^1]);
        Assert.Equal(39_500, _now.Milliseconds);
    }

    [Fact]
    public void An_allocation_that_the_server_forgot_is_lost_at_the_next_refresh()
    {
        Allocate();
        _server.HasAllocation = false;
        RunUntil(Instant.FromMilliseconds(540_000));

        Assert.Equal(
            new TurnEffect.Failed(TurnFailure.AllocationLost, StunErrorCode.AllocationMismatch), _events[^1]);
    }

    [Fact]
    public void Peers_named_before_the_allocation_are_permitted_after_it()
    {
        _session.Permit(Peer, _now, _outbox);
        Allocate();

        Assert.Equal(new TurnEffect.Permitted(Peer), _events[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Data_goes_both_ways_first_in_indications_then_in_channel_data(bool isStream)
    {
        _session = Create(new TurnSettings { IsStream = isStream });
        _server.IsPadding = isStream;
        Allocate();
        _session.Send(Peer, "one"u8, _now, _outbox);
        Perform();
        Assert.Equal("peer", Receive("peer"u8));

        _session.Bind(Peer, _now, _outbox);
        Perform();
        Assert.True(_session.TryGetChannel(Peer, out var channel));
        Assert.Equal(new TurnEffect.ChannelBound(Peer, channel), _events[^1]);
        var room = new byte[100];
        Assert.True(_session.TryWrap(Peer, "three"u8, room, out var length));
        Assert.Equal(isStream ? 12 : 9, length);
        _server.Receive(room.AsSpan(0, length), Client);
        Assert.Equal("again", Receive("again"u8));

        var texts = _server.Relayed.Select(relayed => System.Text.Encoding.ASCII.GetString(relayed.Payload));
        Assert.Equal(["one", "three"], texts);
    }

    [Fact] // RFC 8656 §9: 5 min; §12: 10 min. One ChannelBind every 4 min keeps both.
    public void Permissions_and_channels_are_renewed_every_four_minutes()
    {
        Allocate();
        _session.Bind(Peer, _now, _outbox);
        _session.Permit(Peer.WithPort(1), _now, _outbox);
        Perform();
        RunUntil(Instant.FromMilliseconds(8 * 60_000));

        Assert.Equal(3, _server.Requests.Count(request => request.Method == StunMethod.ChannelBind));
        Assert.Equal(3, _server.Requests.Count(request => request.Method == StunMethod.CreatePermission));
    }

    [Fact]
    public void A_forbidden_peer_is_refused_and_the_allocation_stays()
    {
        Allocate();
        _server.NextErrors.Enqueue((StunErrorCode.Forbidden, default));
        _session.Permit(Peer, _now, _outbox);
        Perform();

        Assert.Equal(new TurnEffect.PeerRefused(Peer, StunErrorCode.Forbidden), _events[^1]);
        Assert.Equal(TurnState.Allocated, _session.State);
    }

    [Fact]
    public void Without_a_channel_there_are_still_indications()
    {
        Allocate();
        _server.NextErrors.Enqueue((StunErrorCode.InsufficientCapacity, default));
        _session.Bind(Peer, _now, _outbox);
        Perform();

        Assert.Equal(new TurnEffect.Permitted(Peer), _events[^1]);
        Assert.False(_session.TryGetChannel(Peer, out _));
    }

    [Fact] // RFC 8656 §8.1
    public void Closing_releases_the_allocation_with_lifetime_zero()
    {
        Allocate();
        _session.Close(_now, _outbox);
        Perform();

        Assert.Equal((StunMethod.Refresh, (uint?)0u), _server.Requests[^1]);
        Assert.Equal(new TurnEffect.Closed(), _events[^1]);
        Assert.False(_server.HasAllocation);
        Assert.Null(_session.Deadline);
    }

    [Fact] // RFC 8489 §9.2.5: an unsigned answer to a signed request is no answer.
    public void A_forged_success_is_ignored()
    {
        Allocate();
        _session.Permit(Peer, _now, _outbox);
        var request = Assert.IsType<TurnEffect.Transmit>(Assert.Single(_outbox.Drain())).Bytes.Span;
        Assert.True(StunMessageView.TryDecode(request, out var view, out _));
        var forged = new byte[100];
        var writer = new StunWriter(forged, StunClass.Success, view.Method, view.TransactionId);
        Assert.True(writer.TryFinish(out var length));
        _session.TryReceive(forged.AsSpan(0, length), _now, _outbox, out _);

        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void Data_of_strangers_is_dropped()
    {
        Allocate();
        _server.Permissions.Add(Peer.WithPort(0));
        var datagram = _server.Deliver(Peer, "x"u8);

        Assert.False(_session.TryReceive(datagram, _now, _outbox, out _));
    }

    [Fact]
    public void The_longest_realm_and_nonce_a_server_may_send_are_signed()
    {
        _session.Start(_now, _outbox);
        var request = Assert.IsType<TurnEffect.Transmit>(Assert.Single(_outbox.Drain())).Bytes.Span;
        Assert.True(StunMessageView.TryDecode(request, out var view, out _));
        var challenge = new byte[2000];
        var writer = new StunWriter(challenge, StunClass.Error, view.Method, view.TransactionId);
        writer.WriteErrorCode(StunErrorCode.Unauthenticated, default);
        writer.WriteBytes(StunAttribute.Realm, new byte[StunLimits.MaxRealmBytes]);
        writer.WriteBytes(StunAttribute.Nonce, new byte[StunLimits.MaxNonceBytes]);
        Assert.True(writer.TryFinish(out var length));
        _session.TryReceive(challenge.AsSpan(0, length), _now, _outbox, out _);

        Assert.IsType<TurnEffect.Transmit>(Assert.Single(_outbox.Drain()));
    }

    [Fact]
    public void Any_message_is_taken_without_exception() =>
        Gen.Byte.Array[0, 100].Sample(bytes =>
        {
            var session = Create(new TurnSettings());
            var outbox = new Outbox<TurnEffect>();
            session.Start(Instant.Zero, outbox);
            return !session.TryReceive(bytes, Instant.Zero, outbox, out _);
        });

    [Fact]
    public void Wrapping_and_unwrapping_media_allocates_nothing()
    {
        Allocate();
        _session.Permit(Peer, _now, _outbox);
        Perform();
        var room = new byte[300];
        var payload = new byte[172];
        var indication = _server.Deliver(Peer, payload)!;
        AssertNoAllocation(() => _session.TryWrap(Peer, payload, room, out _));
        AssertNoAllocation(() => _session.TryReceive(indication, _now, _outbox, out _));

        _session.Bind(Peer, _now, _outbox);
        Perform();
        var channelData = _server.Deliver(Peer, payload)!;
        Assert.True(TurnChannelData.IsChannelData(channelData));
        AssertNoAllocation(() => _session.TryWrap(Peer, payload, room, out _));
        AssertNoAllocation(() => _session.TryReceive(channelData, _now, _outbox, out _));
    }

    private static void AssertNoAllocation(Func<bool> work)
    {
        Assert.True(work());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            work();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TurnClientSession Create(TurnSettings settings) =>
        new(FakeTurnServer.Credentials, settings, new RandomSource(1));

    private void Allocate()
    {
        _session.Start(_now, _outbox);
        Perform();
    }

    private string? Receive(ReadOnlySpan<byte> payload)
    {
        var datagram = _server.Deliver(Peer, payload);
        return _session.TryReceive(datagram, _now, _outbox, out var data) && data.Peer == Peer
            ? System.Text.Encoding.ASCII.GetString(data.Payload)
            : null;
    }

    private void RunUntil(Instant end)
    {
        while (_session.Deadline is { } deadline && deadline <= end)
        {
            _now = deadline;
            _session.Expire(_now, _outbox);
            Perform();
        }
    }

    /// <summary>Carries messages to the server and back, in no time, until nothing is left to say.</summary>
    private void Perform()
    {
        while (_outbox.Count > 0)
        {
            foreach (var effect in _outbox.Drain())
            {
                if (effect is not TurnEffect.Transmit transmit)
                {
                    _events.Add(effect);
                }
                else if (_server.Receive(transmit.Bytes.Span, Client) is { } answer)
                {
                    Assert.False(_session.TryReceive(answer, _now, _outbox, out _));
                }
            }
        }
    }
}
