using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Rtp;
using Farspan.Runtime;
using Farspan.Tones;

namespace Farspan.Interop.Tests;

/// <summary>
/// The media of one caller, beside whatever does its signalling: plays its tone sequence in RTP, presses keys
/// (RFC 4733) and listens.
/// </summary>
internal sealed class RtpPhone : IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StallMax = TimeSpan.FromMilliseconds(200);

    private readonly RtpPhoneSettings _settings;
    private readonly Socket _socket;
    private readonly Socket _rtcpSocket;
    private IPEndPoint? _remote;
    private readonly CancellationTokenSource _end = new();
    private readonly TelephoneEventSender _keys;
    private readonly Lock _keysLock = new();
    private readonly IAudioEncoder _encoder;
    private readonly IAudioDecoder _decoder;
    private readonly short[] _sequence;
    private readonly int _frameSamples;
    private readonly uint _ssrc = (uint)Random.Shared.NextInt64();
    private readonly byte[] _packet = new byte[1_500];
    private readonly Task _listening;
    private Task _talking = Task.CompletedTask;
    private int _position;
    private ushort _sequenceNumber = (ushort)Random.Shared.Next();
    private uint _timestamp = (uint)Random.Shared.NextInt64();
    private long _packetsReceived;

    public RtpPhone(RtpPhoneSettings settings)
    {
        _settings = settings;
        _frameSamples = settings.SampleRateHz / 50;
        _sequence = settings.ToneHz is { } toneHz
            ? CreateTone(toneHz, settings.SampleRateHz)
            : LabTones.CreateSequence(settings.Code, settings.SampleRateHz);
        _keys = new TelephoneEventSender(8_000, FrameTime);
        Ear = new Ear(settings.SampleRateHz);
        var codecs = new OpusCodecFactory();
        Assert.True(codecs.TryCreateEncoder(settings.Codec, settings.SampleRateHz, out var encoder));
        Assert.True(codecs.TryCreateDecoder(settings.Codec, settings.SampleRateHz, out var decoder));
        (_encoder, _decoder) = (encoder, decoder);
        (_socket, _rtcpSocket) = RtpPorts.Bind();
        _listening = ListenAsync();
    }

    public RtpPhoneSettings Settings => _settings;

    public Ear Ear { get; }

    /// <summary>For the phone's SDP.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>The code of the built-in agent that hears this phone.</summary>
    public int AgentCode => LabTones.AgentCode(_settings.Code);

    public long PacketsReceived => Interlocked.Read(ref _packetsReceived);

    /// <summary>The phone sends nothing while it is silent.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Talks from now on to the address of the other side's SDP.</summary>
    public void TalkTo(IPEndPoint remote)
    {
        var isTalking = Interlocked.Exchange(ref _remote, remote) is not null;
        _talking = isTalking ? _talking : TalkAsync();
    }

    public void Press(string digits)
    {
        lock (_keysLock)
        {
            foreach (var digit in digits)
            {
                Assert.True(DtmfDigit.TryGetCode(digit, out var code));
                Assert.True(_keys.TryEnqueue(code, TelephoneEventSender.DefaultDuration));
            }
        }
    }

    /// <summary>Waits until this phone hears a code once more.</summary>
    public Task HearsAsync(int code, TimeSpan within)
    {
        var before = Ear.CountOf(code);
        return Eventually.TrueAsync(
            () => Ear.CountOf(code) > before,
            within,
            () => $"{_settings.Number} hears {code}; packets {PacketsReceived}, codes "
                + $"[{string.Join(' ', Ear.Codes)}], at last {Ear.DominantFrequencyHz()} Hz");
    }

    /// <summary>Waits until nothing has come for a while: what was under way may still.</summary>
    public async Task HearsNothingAsync(TimeSpan within)
    {
        var before = -1L;
        await Eventually.TrueAsync(
            async () =>
            {
                before = PacketsReceived;
                await Task.Delay(FrameTime * 20);
                return PacketsReceived == before;
            },
            within,
            () => $"{_settings.Number} hears nothing; packets {PacketsReceived}");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_listening, _talking);
        _socket.Dispose();
        _rtcpSocket.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
        _end.Dispose();
    }

    private static short[] CreateTone(int toneHz, int sampleRateHz) =>
    [
        .. Enumerable.Range(0, sampleRateHz)
            .Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * toneHz * i / sampleRateHz))),
    ];

    private async Task TalkAsync()
    {
        var clock = new MonotonicClock();
        _position = new ToneClock(clock).SampleAt(clock.Now, _settings.SampleRateHz);
        using var timer = new PeriodicTimer(FrameTime / 2);
        var nextAt = clock.Now;
        while (await TickAsync(timer))
        {
            nextAt = clock.Now - nextAt > StallMax ? clock.Now : nextAt;
            for (; nextAt <= clock.Now; nextAt += FrameTime)
            {
                SendFrame(_remote!);
            }
        }
    }

    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void SendFrame(IPEndPoint remote)
    {
        if (!IsSilent)
        {
            var length = TryWriteKey(out var bytes) ? bytes : WriteAudio();
            _socket.SendTo(_packet.AsSpan(0, length), SocketFlags.None, remote);
            _sequenceNumber++;
        }

        _position = (_position + _frameSamples) % _sequence.Length;
        _timestamp += _settings.RtpUnitsPerFrame;
    }

    private bool TryWriteKey(out int bytes)
    {
        lock (_keysLock)
        {
            var payload = _packet.AsSpan(RtpHeader.Bytes);
            bytes = RtpHeader.Bytes + TelephoneEvent.Bytes;
            if (!_keys.TryWriteNext(_timestamp, payload, out var timestamp, out var marker))
            {
                return false;
            }

            Header(RtpPhoneSettings.EventPayloadType, marker, timestamp).Encode(_packet);
            return true;
        }
    }

    private int WriteAudio()
    {
        Span<short> pcm = stackalloc short[_frameSamples];
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = _sequence[(_position + i) % _sequence.Length];
        }

        Header(_settings.PayloadType, marker: false, _timestamp).Encode(_packet);
        return RtpHeader.Bytes + _encoder.Encode(pcm, _packet.AsSpan(RtpHeader.Bytes));
    }

    private RtpHeader Header(byte payloadType, bool marker, uint timestamp) =>
        new(payloadType, marker, _sequenceNumber, timestamp, _ssrc);

    private async Task ListenAsync()
    {
        var datagram = new byte[2_048];
        var pcm = new short[_settings.SampleRateHz / 8];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var bytes = await _socket.ReceiveAsync(datagram, SocketFlags.None, _end.Token);
                Hear(datagram.AsSpan(0, bytes), pcm);
            }
            catch (SocketException)
            {
                // The far port is closed (ICMP): whoever waits for audio will say that none came.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Hear(ReadOnlySpan<byte> datagram, short[] pcm)
    {
        if (RtpPacketView.TryDecode(datagram, out var packet, out _)
            && packet.Header.PayloadType == _settings.PayloadType)
        {
            Interlocked.Increment(ref _packetsReceived);
            Ear.Accept(pcm.AsSpan(0, _decoder.Decode(packet.Payload, pcm)));
        }
    }
}
