using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Tones;

namespace Farspan.CarrierSimulator;

/// <summary>
/// The audio of one call on its media worker: plays the caller's tones from the answer on, listens for the agent's,
/// and counts (RFC 3550 §5, §6).
/// </summary>
/// <remarks>
/// Messages: <see cref="NegotiatedAudio"/> begins or changes it, <see cref="Farewell"/> ends the sending. The report may
/// be taken once the worker has said that the session ended.
/// </remarks>
internal sealed class CallerAudio : IMediaSession, IDisposable
{
    private const int RtpTag = 0;
    private const int RtcpTag = 1;

    private readonly CallerTone _tone;
    private readonly CallerEar _ear;
    private readonly RtcpSession _rtcp;
    private readonly IAudioEncoder _encoder;
    private readonly IAudioDecoder _decoder;
    private readonly uint _packetClocks;
    private readonly uint _firstTimestamp;
    private readonly CallerProtection _protection = new();
    private NegotiatedAudio? _audio;
    private Instant? _firstDue;
    private Instant _answeredAt;
    private ushort _sequence;
    private long _packetsRefused;

    public CallerAudio(int code, CallerCodec codec, ToneClock toneClock, RandomSource random, Instant now)
    {
        (_encoder, _decoder) = codec.Create();
        _tone = new CallerTone(code, _encoder, toneClock);
        _ear = new CallerEar(code, codec.Codec, _decoder, toneClock);
        var clockRateHz = codec.Codec.RtpClockRateHz();
        _packetClocks = (uint)(CallerTone.PacketTime.TotalSeconds * clockRateHz);
        _firstTimestamp = random.NextUInt32();
        _sequence = (ushort)random.NextInt32(1 << 15);
        _rtcp = new RtcpSession(
            new RtcpSettings
            {
                Ssrc = random.NextUInt32(),
                ClockRateHz = clockRateHz,
                CanonicalName = random.NextHex(16),
            },
            random,
            now);
    }

    /// <summary>Tells the session that the call ends: what it has to say last is said.</summary>
    public static object Farewell { get; } = new();

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        if (_audio is not { } audio)
        {
            return;
        }

        var isControl = RtcpMux.IsRtcp(datagram.Bytes);
        var length = _protection.Unprotect(datagram.Bytes, isControl);
        if (isControl)
        {
            _rtcp.Receive(datagram.Bytes[..length], now);
        }
        else if (!RtpPacketView.TryDecode(datagram.Bytes[..length], out var packet, out _)
            || !_rtcp.CountReceived(packet.Header, now))
        {
            _packetsRefused++;
        }
        else if (packet.Header.PayloadType == audio.ReceivePayloadType)
        {
            _ear.Accept(packet.Header, packet.Payload, now);
        }
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        if (_audio is not { } audio)
        {
            return;
        }

        SendTone(audio, due, now, output);
        var buffer = output.Reserve();
        if (_rtcp.TryWriteReport(now, buffer[..RtpLimits.MaxReportBytes], out var written))
        {
            SendControl(audio, buffer, written, output);
        }
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        if (message is NegotiatedAudio agreed)
        {
            Agree(agreed, now);
        }
        else if (_audio is { } audio)
        {
            var buffer = output.Reserve();
            SendControl(audio, buffer, _rtcp.WriteGoodbye(now, buffer[..RtpLimits.MaxReportBytes]), output);
            _audio = null;
        }
    }

    public AudioReport Report() => new()
    {
        PacketsSent = _rtcp.Sent.PacketCount,
        PacketsReceived = _rtcp.Received.PacketsReceived,
        PacketsExpected = _rtcp.Received.PacketsReceived + Math.Max(0, _rtcp.Received.CumulativeLost),
        PacketsRefused = _packetsRefused,
        RemoteLost = _rtcp.RemoteReport?.CumulativeLost,
        Jitter = _rtcp.Received.Jitter,
        AgentHeardCount = _ear.AgentHeardCount,
        StrangerCodes = [.. _ear.StrangerCodes],
        Delays = [.. _ear.Delays],
        AgentFirstHeardAfter = _ear.AgentFirstHeardAt - _answeredAt,
    };

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private void Agree(NegotiatedAudio agreed, Instant now)
    {
        if (_audio is null)
        {
            _answeredAt = now;
        }

        _protection.Agree(agreed);
        _audio = agreed;
    }

    private void SendTone(NegotiatedAudio audio, Instant due, Instant now, MediaOutput output)
    {
        _firstDue ??= due;
        var payload = _tone.PayloadAt(due);
        if (!audio.Direction.Sends() || payload.IsEmpty)
        {
            return;
        }

        // Ticks that a stall made the worker skip are missing from the timestamps too.
        var ticks = (uint)((due - _firstDue.Value).Ticks / CallerTone.PacketTime.Ticks);
        var header = new RtpHeader(
            (byte)audio.PayloadType,
            Marker: due == _firstDue,
            _sequence++,
            _firstTimestamp + (ticks * _packetClocks),
            _rtcp.Ssrc);
        var buffer = output.Reserve();
        header.Encode(buffer);
        payload.CopyTo(buffer[RtpHeader.Bytes..]);
        var bytes = _protection.Protect(buffer, RtpHeader.Bytes + payload.Length, isControl: false);
        if (bytes > 0)
        {
            _rtcp.CountSent(header, payload.Length, now);
            output.Commit(RtpTag, audio.RemoteRtp, bytes);
        }
    }

    private void SendControl(NegotiatedAudio audio, Span<byte> buffer, int length, MediaOutput output)
    {
        var bytes = _protection.Protect(buffer, length, isControl: true);
        if (bytes > 0)
        {
            output.Commit(audio.IsRtcpMultiplexed ? RtpTag : RtcpTag, audio.RemoteRtcp, bytes);
        }
    }
}
