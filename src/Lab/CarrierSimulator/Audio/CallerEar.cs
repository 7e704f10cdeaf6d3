using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.CarrierSimulator;

/// <summary>
/// What the caller hears: decodes packets as they arrive, without a jitter buffer, and knows the agent's
/// tones from those of strangers. One owner; allocates nothing a packet.
/// </summary>
internal sealed class CallerEar
{
    private readonly IAudioDecoder _decoder;
    private readonly ToneListener _listener;
    private readonly Outbox<ToneHeard> _heard = new();
    private readonly short[] _pcm = new short[AudioLimits.MaxFrameSamples];
    private readonly TimeSpan[] _delays = new TimeSpan[CarrierLimits.DelaysMax];
    private readonly int[] _strangerCodes = new int[CarrierLimits.StrangersMax];
    private readonly int _agentCode;
    private readonly int _clockRateHz;
    private int _delayCount;
    private int _strangerCount;
    private uint _ssrc;
    private uint _expectedTimestamp;
    private bool _hasSource;

    public CallerEar(int callerCode, AudioCodec codec, IAudioDecoder decoder, ToneClock clock)
    {
        _agentCode = LabTones.AgentCode(callerCode);
        _clockRateHz = codec.RtpClockRateHz();
        _decoder = decoder;
        _listener = new ToneListener(clock, decoder.SampleRateHz);
    }

    public int AgentHeardCount { get; private set; }

    /// <summary>Codes that are not the agent's, each time one was heard.</summary>
    public ReadOnlySpan<int> StrangerCodes => _strangerCodes.AsSpan(0, _strangerCount);

    /// <summary>When the agent's first sequence began; null until one was heard.</summary>
    public Instant? AgentFirstHeardAt { get; private set; }

    public ReadOnlySpan<TimeSpan> Delays => _delays.AsSpan(0, _delayCount);

    /// <summary>
    /// Takes a packet of the agreed codec; one that comes too late for its place is passed over.
    /// </summary>
    public void Accept(in RtpHeader header, ReadOnlySpan<byte> payload, Instant arrivedAt)
    {
        if (_hasSource && header.Ssrc == _ssrc && !TryFillGap(header.Timestamp, arrivedAt))
        {
            return;
        }

        var samples = _decoder.Decode(payload, _pcm);
        (_hasSource, _ssrc) = (true, header.Ssrc);
        _expectedTimestamp = header.Timestamp + ToClock(samples);
        Listen(samples, arrivedAt);
    }

    private bool TryFillGap(uint timestamp, Instant arrivedAt)
    {
        var ahead = (int)(timestamp - _expectedTimestamp);
        var longest = (int)(CarrierLimits.FilledGapMax.TotalSeconds * _clockRateHz);
        if (ahead < 0)
        {
            // A jump far back is a new beginning; a little back is a late packet.
            return ahead < -longest;
        }

        if (ahead is > 0 && ahead <= longest)
        {
            var samples = Math.Min((int)((long)ahead * _decoder.SampleRateHz / _clockRateHz), _pcm.Length);
            _pcm.AsSpan(0, samples).Clear();
            Listen(samples, arrivedAt - TimeSpan.FromSeconds((double)ahead / _clockRateHz));
        }

        return true;
    }

    private void Listen(int samples, Instant arrivedAt)
    {
        _listener.Accept(_pcm.AsSpan(0, samples), arrivedAt, _heard);
        for (var i = 0; i < _heard.Count; i++)
        {
            Note(_heard[i]);
        }

        _heard.Clear();
    }

    private void Note(in ToneHeard heard)
    {
        if (heard.Code != _agentCode)
        {
            NoteStranger(heard.Code);
            return;
        }

        AgentHeardCount++;
        AgentFirstHeardAt ??= heard.BeganAt;
        if (heard.Delay is { } delay && _delayCount < _delays.Length)
        {
            _delays[_delayCount++] = delay;
        }
    }

    private void NoteStranger(int code)
    {
        if (_strangerCount < _strangerCodes.Length)
        {
            _strangerCodes[_strangerCount++] = code;
        }
    }

    private uint ToClock(int samples) => (uint)((long)samples * _clockRateHz / _decoder.SampleRateHz);
}
