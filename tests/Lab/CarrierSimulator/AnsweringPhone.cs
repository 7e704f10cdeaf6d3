using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Network;
using Farspan.Rtp;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Sip;
using Farspan.Tones;

namespace Farspan.CarrierSimulator.Tests;

/// <summary>
/// A phone that answers every call over real sockets, plays the agent's tones of that caller, and notes
/// what it hears.
/// </summary>
internal sealed class AnsweringPhone : ISipReceiver, IMediaWorkerObserver, IDisposable
{
    private static readonly TransportAddress Loopback = TransportAddress.From(IPAddress.Loopback, 0);

    private readonly Lock _lock = new();
    private readonly SipTransactionLayer _layer =
        new(SipLayerLimits.Default, SipTimings.Default, new RandomSource(5));
    private readonly Outbox<SipLayerEffect> _outbox = new();
    private readonly MonotonicClock _clock = new();
    private readonly ToneClock _toneClock;
    private readonly MediaWorker _worker;
    private readonly SipTransport _transport;
    private readonly UdpSipListener? _datagrams;
    private readonly SipStreamListener? _streams;
    private readonly Dictionary<string, AgentAudio> _calls = [];

    public AnsweringPhone(SipTransport transport = SipTransport.Udp)
    {
        _toneClock = new ToneClock(_clock);
        _worker = new MediaWorker(new MediaWorkerOptions { Name = "phone" }, _clock, this);
        _transport = transport;
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        if (transport == SipTransport.Udp)
        {
            _datagrams = new UdpSipListener(any, null, this, SipNetworkLimits.Default);
            _datagrams.Start();
            Address = _datagrams.Local;
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate = new CertificateRequest("CN=phone", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var context = SslStreamCertificateContext.Create(Certificate, null, offline: true);
        var tls = transport == SipTransport.Tls
            ? new SipTlsSettings(() => context, SipClientCertificate.None)
            : null;
        _streams = new SipStreamListener(any, null, tls, this, SipNetworkLimits.Default);
        _streams.Start();
        Address = _streams.Local;
    }

    public IPEndPoint Address { get; }

    public X509Certificate2? Certificate { get; }

    /// <summary>The status that calls get; 200 answers them.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Codes of callers whose tones were heard, each with how late they were.</summary>
    public ConcurrentDictionary<int, TimeSpan> Heard { get; } = new();

    /// <summary>Completes when the first caller was heard.</summary>
    public TaskCompletionSource FirstHeard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Admits(SipTransport transport, IPEndPoint source) => true;

    public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate)
    {
        // It answers on the flow that a request came by.
    }

    public void FlowFailed(in SipFlow flow, SipFlowFailure failure)
    {
        // The carrier closed it.
    }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            _layer.Receive(flow, message, _clock.Now, _outbox);
            while (_outbox.Count > 0)
            {
                foreach (var effect in _outbox.Drain())
                {
                    Perform(effect);
                }
            }
        }
    }

    public void SessionEnded(IMediaSession session, Exception? failure) => Assert.Null(failure);

    public void LoopStalled(TimeSpan gap)
    {
        // A busy machine.
    }

    public void Dispose()
    {
        _datagrams?.Dispose();
        _streams?.Dispose();
        _worker.Dispose();
        Certificate?.Dispose();
    }

    private void Perform(SipLayerEffect effect)
    {
        switch (effect)
        {
            case SipLayerEffect.Transmit(var flow, var message):
                _datagrams?.Send(flow, message);
                _streams?.Send(flow, message);
                break;

            case SipLayerEffect.RequestReceived(var transaction):
                Answer(transaction);
                break;

            default:
                break;
        }
    }

    private void Answer(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        var response = transaction.CreateResponse(request.Method == SipMethod.Invite ? Status : 200);
        if (request.Method == SipMethod.Invite && Status == 200)
        {
            response.WithContact(new NameAddress(Contact()));
            response.WithBody("application/sdp", SdpWriter.WriteBytes(Talk(request)));
        }
        else if (request.Method == SipMethod.Bye && _calls.Remove(request.CallId, out var ended))
        {
            _worker.TryRemove(ended);
        }

        _layer.Respond(transaction, response.Build(), _clock.Now, _outbox);
    }

    private SipUri Contact()
    {
        var uri = new SipUri("agent", Address.Address.ToString(), Address.Port);
        return _transport == SipTransport.Udp
            ? uri
            : uri.WithParameter("transport", $"{_transport}".ToLowerInvariant());
    }

    private SessionDescription Talk(SipRequest invite)
    {
        Assert.True(UdpSocket.TryOpen(Loopback, new UdpSocketSettings(), out var socket, out _));
        var settings = new CarrierMediaSettings { Codecs = [.. Enum.GetValues<AudioCodec>()] };
        var media = new LocalMedia(IPAddress.Loopback, socket.LocalAddress.Port, socket.LocalAddress.Port, 3);
        var negotiation = new CarrierNegotiation(settings, media);
        Assert.True(SdpParser.TryParse(invite.Body.Span, out var offer, out _));
        var keys = RandomNumberGenerator.GetBytes(CarrierNegotiation.FreshKeyBytes);
        Assert.Equal(
            NegotiationFailure.None, negotiation.Answer(offer, Direction.SendReceive, keys, out var answer));
        var caller = int.Parse(invite.From.Uri.User![^5..]);
        var session = new AgentAudio(this, caller, negotiation.Audio!);
        _calls[invite.CallId] = session;
        Assert.True(_worker.TryAdd(session, socket));
        return answer!;
    }

    private sealed class AgentAudio : IMediaSession
    {
        private readonly AnsweringPhone _phone;
        private readonly NegotiatedAudio _audio;
        private readonly CallerTone _tone;
        private readonly CallerProtection _protection = new();
        private readonly IAudioDecoder _decoder;
        private readonly ToneListener _listener;
        private readonly Outbox<ToneHeard> _heard = new();
        private readonly short[] _pcm = new short[AudioLimits.MaxFrameSamples];
        private Instant? _firstDue;
        private ushort _sequence;

        public AgentAudio(AnsweringPhone phone, int caller, NegotiatedAudio audio)
        {
            (_phone, _audio) = (phone, audio);
            (var encoder, _decoder) = new CallerCodec(audio.Codec).Create();
            _tone = new CallerTone(LabTones.AgentCode(caller), encoder, phone._toneClock);
            _listener = new ToneListener(phone._toneClock, _decoder.SampleRateHz);
            _protection.Agree(audio);
        }

        public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
        {
            if (RtcpMux.IsRtcp(datagram.Bytes))
            {
                return;
            }

            var length = _protection.Unprotect(datagram.Bytes, isControl: false);
            Assert.True(RtpPacketView.TryDecode(datagram.Bytes[..length], out var packet, out _));
            _listener.Accept(_pcm.AsSpan(0, _decoder.Decode(packet.Payload, _pcm)), now, _heard);
            foreach (var heard in _heard.Drain())
            {
                _phone.Heard[heard.Code] = heard.Delay ?? TimeSpan.MaxValue;
                _phone.FirstHeard.TrySetResult();
            }
        }

        public void Tick(Instant due, Instant now, MediaOutput output)
        {
            _firstDue ??= due;
            var packets = (due - _firstDue.Value).Ticks / CallerTone.PacketTime.Ticks;
            var clocks = packets * _audio.Codec.RtpClockRateHz() / 50;
            var buffer = output.Reserve();
            new RtpHeader((byte)_audio.PayloadType, false, _sequence++, (uint)clocks, 99).Encode(buffer);
            var payload = _tone.PayloadAt(due);
            payload.CopyTo(buffer[RtpHeader.Bytes..]);
            var bytes = _protection.Protect(buffer, RtpHeader.Bytes + payload.Length, isControl: false);
            output.Commit(0, _audio.RemoteRtp, bytes);
        }

        public void Handle(object message, Instant now, MediaOutput output) =>
            throw Invariant.Unreachable(message);
    }
}
