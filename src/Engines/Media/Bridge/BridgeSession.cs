using System.Buffers.Binary;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// The media of one call: a carrier's RTP on one side, a WebRTC contact on the other, bridged in frames of 20
/// ms.
/// </summary>
/// <remarks>
/// <code>
///  carrier ─ SRTP ─ jitter ─ decode ─ [DTMF] ─►─ Opus ─ SRTP ─ ICE/TURN ─► contact
///  carrier ◄ SRTP ─ packets ─ encode ─◄───────── decode ─ jitter ─ SRTP ─ ICE/TURN ─ contact
/// </code>
/// <para>
/// Sans-IO: the host hands in datagrams, ticks and commands, sends what goes to the sink, and takes
/// <see cref="Events"/> and <see cref="TurnPaths"/> out after each call. A packet or a tick allocates
/// nothing. Not thread-safe; one media worker owns it.
/// </para>
/// </remarks>
public sealed class BridgeSession : IDisposable
{
    private const int MaxFrameSamples = 48_000 / 50;

    private readonly CarrierMedia _carrier;
    private readonly WebRtcMedia _contact;
    private readonly Audio.ComfortNoiseGenerator _noise;
    private readonly short[] _frame = new short[MaxFrameSamples];
    private Instant? _lastDue;
    private bool _isOpen;
    private bool _isClosed;
    private bool _isHushed;

    public BridgeSession(long mediaId, MediaSettings settings, MediaResources resources, Instant now)
    {
        MediaId = mediaId;
        var random = CreateRandom(resources);
        _carrier = new CarrierMedia(settings, resources, random);
        _contact = new WebRtcMedia(WebRtcRole.Offerer, resources, settings, random, TurnPaths, now);
        _noise = new Audio.ComfortNoiseGenerator(random);
        _noise.SetNoise(settings.ComfortNoiseMinusDbov ?? Audio.AudioLevel.Silence, []);
    }

    public long MediaId { get; }

    /// <summary>Whether an edge is on the carrier's side, which could have the call taken over.</summary>
    public bool IsAnchored { get; init; }

    /// <summary>What the signalling plane is to know.</summary>
    public Outbox<MediaEvent> Events { get; } = new();

    /// <summary>What the host is to do about TURN servers.</summary>
    public Outbox<TurnPathNotice> TurnPaths { get; } = new();

    /// <summary>
    /// The tag for the socket of the next transport: the one that the transport which carries audio does not
    /// use.
    /// </summary>
    public int FreeContactTag => _contact.ActiveSocketTag == MediaSocketTags.FirstContact
        ? MediaSocketTags.SecondContact
        : MediaSocketTags.FirstContact;

    /// <summary>Any thread: the counters as they are.</summary>
    public MediaReport Report() => new(_carrier.Report(), _contact.Report());

    public void ConfigureCarrier(NegotiatedAudio audio, Instant now)
    {
        if (!_isClosed)
        {
            _carrier.Configure(audio, now);
            _contact.UseRate(_carrier.SampleRateHz);
        }
    }

    /// <summary>Gathers candidates on a socket that no other transport uses.</summary>
    public void Gather(TurnServers? servers, ContactSocket socket, Instant now, IDatagramSink sink)
    {
        if (!_isClosed)
        {
            _contact.Gather(servers, socket.SocketTag, socket.Address, now, sink);
            FollowContact();
        }
    }

    public void ConnectContact(RemoteTransport remote, Instant now, IDatagramSink sink)
    {
        _contact.Connect(remote, now, sink);
        FollowContact();
    }

    /// <summary>A TURN server can be reached; false if nobody wants it any more.</summary>
    public bool TryUseTurnPath(TurnPath path, Instant now, IDatagramSink sink)
    {
        var isWanted = _contact.TryUseTurnPath(path, now, sink);
        FollowContact();
        return isWanted;
    }

    /// <summary>A TURN server cannot be reached, or no longer.</summary>
    public void FailTurnPath(int pathId, string reason, Instant now, IDatagramSink sink)
    {
        _contact.FailTurnPath(pathId, reason, now, sink);
        FollowContact();
    }

    /// <summary>Whether audio flows between the sides; before it, each gets silence.</summary>
    public void Bridge(bool isOpen, Instant now)
    {
        if (isOpen && !_isOpen)
        {
            _carrier.Reopen(now);
        }

        _isOpen = isOpen;
    }

    /// <summary>While hushed nothing is sent: somebody else may be sending.</summary>
    public void Hush(bool isHushed) => _isHushed = isHushed;

    /// <summary>Takes a datagram of any socket or stream; it is changed in place.</summary>
    public void Receive(
        int socketTag, TransportAddress from, Span<byte> datagram, Instant now, IDatagramSink sink)
    {
        if (_isClosed)
        {
            return;
        }

        if (socketTag is MediaSocketTags.CarrierRtp or MediaSocketTags.CarrierRtcp)
        {
            _carrier.Receive(socketTag, from, datagram, now);
            FollowDigits();
        }
        else
        {
            _contact.Receive(socketTag, from, datagram, now, sink);
            FollowContact();
        }
    }

    /// <summary>Carries one frame each way and does what is due.</summary>
    /// <param name="due">The moment of the schedule; where it jumps, ticks were left out.</param>
    /// <param name="now">The moment it is.</param>
    /// <param name="sink">Where to send.</param>
    public void Tick(Instant due, Instant now, IDatagramSink sink)
    {
        if (_isClosed)
        {
            return;
        }

        SkipMissedTicks(due);
        if (IsAnchored)
        {
            FollowEdge(now);
        }

        if (_isHushed)
        {
            return;
        }

        _contact.Expire(now, sink);
        _carrier.Expire(now, sink);
        var frame = _frame.AsSpan(0, _contact.FrameSamples);
        CarryToContact(frame, now, sink);
        CarryToCarrier(frame, now, sink);
        FollowContact();
        FollowDigits();
        if (_isOpen && _carrier.TryTakeSilence(now, out var silence))
        {
            Events.Add(new MediaEvent.CarrierSilent(MediaId, silence));
        }
    }

    /// <summary>Says good-bye on both sides; sends and takes nothing any more.</summary>
    public void Close(Instant now, IDatagramSink sink)
    {
        if (!_isClosed)
        {
            _isClosed = true;
            if (!_isHushed)
            {
                _carrier.Close(now, sink);
                _contact.Close(now, sink);
            }
        }
    }

    public void Dispose()
    {
        _carrier.Dispose();
        _contact.Dispose();
    }

    private bool MayForward => _isOpen && _carrier.SpeaksOpusOfOneTick;

    private static RandomSource CreateRandom(MediaResources resources)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        resources.Keys(seed);
        return new RandomSource(BinaryPrimitives.ReadUInt64LittleEndian(seed));
    }

    private void CarryToContact(Span<short> frame, Instant now, IDatagramSink sink)
    {
        ReadOnlySpan<byte> payload = default;
        var verdict = MayForward ? _carrier.Forward(now, out payload) : ForwardVerdict.Unfit;
        if (verdict is ForwardVerdict.Packet or ForwardVerdict.Lost)
        {
            _contact.WriteEncoded(payload, now, sink);
            return;
        }

        if (verdict == ForwardVerdict.Unfit)
        {
            _carrier.Read(frame, now);
        }

        if (verdict == ForwardVerdict.Silence || !_isOpen)
        {
            frame.Clear();
        }

        _contact.Write(frame, now, sink);
    }

    private void CarryToCarrier(Span<short> frame, Instant now, IDatagramSink sink)
    {
        ReadOnlySpan<byte> payload = default;
        var verdict = MayForward ? _contact.Forward(now, out payload) : ForwardVerdict.Unfit;
        if (verdict is ForwardVerdict.Packet or ForwardVerdict.Lost)
        {
            _carrier.WriteEncoded(payload, now, sink);
            return;
        }

        var isThere = verdict == ForwardVerdict.Unfit && _contact.Read(frame, now);
        if (!isThere || !_isOpen)
        {
            _noise.Generate(frame);
        }

        _carrier.Write(frame, now, sink);
    }

    private void SkipMissedTicks(Instant due)
    {
        var steps = _lastDue is { } last ? (due - last).Ticks / MediaSettings.TickInterval.Ticks : 1;
        _lastDue = due;
        if (steps > 1)
        {
            NoteStall(steps * MediaSettings.TickInterval);
            var missed = (int)Math.Min(steps - 1, MediaLimits.MaxSkippedTicks);
            _contact.Skip(missed);
            _carrier.Skip(missed * MediaSettings.TickInterval);
        }
    }

    // Before the first packet after a stall: the other half may have somebody else by now.
    private void NoteStall(TimeSpan gap)
    {
        if (IsAnchored && gap > MediaLimits.StallMax)
        {
            _isHushed = true;
            Events.Add(new MediaEvent.Stalled(MediaId, gap));
        }
    }

    private void FollowEdge(Instant now)
    {
        if (_carrier.TryTakeFlow(now, out var isFlowing))
        {
            Events.Add(new MediaEvent.CarrierFlowChanged(MediaId, isFlowing));
        }
    }

    private void FollowContact()
    {
        for (var i = 0; i < _contact.Events.Count; i++)
        {
            Events.Add(_contact.Events[i] switch
            {
                WebRtcEvent.Gathered its => new MediaEvent.Gathered(MediaId, its.Transport),
                WebRtcEvent.Connected its => new MediaEvent.ContactConnected(MediaId, its.SelectedPair),
                WebRtcEvent.Lost its => new MediaEvent.ContactLost(MediaId, its.Loss, its.Detail),
                var unknown => throw Invariant.Unreachable(unknown),
            });
        }

        _contact.Events.Clear();
    }

    private void FollowDigits()
    {
        for (var i = 0; i < _carrier.Digits.Count; i++)
        {
            var digit = _carrier.Digits[i];
            Events.Add(new MediaEvent.DigitDetected(MediaId, digit.Digit, digit.Source));
        }

        _carrier.Digits.Clear();
    }
}
