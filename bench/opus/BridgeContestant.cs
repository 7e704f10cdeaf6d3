using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Bench;

/// <summary>
/// Calls through the whole bridge, G.711 over RTP to Opus over ICE, DTLS and SRTP and back. They take turns
/// frame by frame; only the bridge's own work is timed.
/// </summary>
internal sealed class BridgeContestant : IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// More than a handshake takes of virtual time: the calls are made at one moment and go on together.
    /// </summary>
    private static readonly TimeSpan SetUpTime = TimeSpan.FromSeconds(10);

    private readonly OpenSslDtlsSessionFactory _ours = new();
    private readonly OpenSslDtlsSessionFactory _theirs = new();
    private readonly BridgedCall[] _calls;
    private readonly byte[] _muLaw;
    private readonly byte[][] _opus;
    private Instant _now = Instant.FromMilliseconds(10_000);
    private int _place;

    public BridgeContestant(int calls, short[] speech)
    {
        _muLaw = new byte[speech.Length];
        G711.EncodeMuLaw(speech, _muLaw);
        _opus = Encode(speech);
        var (ours, theirs) = (Resources(_ours, 1), Resources(_theirs, 2));
        _calls = [.. Enumerable.Range(0, calls).Select(_ => new BridgedCall(ours, theirs, _now))];
        _now += SetUpTime;
    }

    /// <summary>Frames that the bridges made up, of all that they played.</summary>
    public double ConcealedShare
    {
        get
        {
            var reports = _calls.Select(call => call.Report).ToArray();
            var sides = reports.Select(r => r.Carrier).Concat(reports.Select(r => r.Contact)).ToArray();
            return (double)sides.Sum(side => side.FramesConcealed) / sides.Sum(side => side.PacketsSent);
        }
    }

    /// <summary>Milliseconds of CPU and allocated bytes, for a second of a call.</summary>
    public double[] Measure(int seconds)
    {
        long cpu = 0;
        long allocated = 0;
        var frames = seconds * (int)(TimeSpan.FromSeconds(1) / Frame);
        for (var frame = 0; frame < frames; frame++)
        {
            _now += Frame;
            Speak();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadClock.Nanoseconds;
            foreach (var call in _calls)
            {
                call.Carry(_now);
            }

            cpu += ThreadClock.Nanoseconds - start;
            allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
            Array.ForEach(_calls, call => call.Deliver(_now));
        }

        var callSeconds = (double)_calls.Length * seconds;
        return [cpu / 1e6 / callSeconds, allocated / callSeconds];
    }

    /// <summary>Lets everybody listen for some seconds.</summary>
    /// <returns>The quietest that anyone heard the other, 1 being as it was said.</returns>
    public double Listen(int seconds)
    {
        for (var i = 0; i < seconds * (int)(TimeSpan.FromSeconds(1) / Frame); i++)
        {
            _now += Frame;
            Speak();
            for (var call = 0; call < _calls.Length; call++)
            {
                _calls[call].Carry(_now);
                _calls[call].Deliver(_now);
                _calls[call].Listen(SpokenBy(call, _place - 1), _now);
            }
        }

        return _calls.Min(call => Math.Min(call.Heard.FarEnd, call.Heard.Phone));
    }

    public void Dispose()
    {
        Array.ForEach(_calls, call => call.Dispose());
        _ours.Dispose();
        _theirs.Dispose();
    }

    private static MediaResources Resources(OpenSslDtlsSessionFactory dtls, ulong seed) => new()
    {
        Dtls = dtls,
        Codecs = new OpusCodecFactory(),
        Keys = new RandomSource(seed).Fill,
        Sha1 = OpenSslSha1.TryCreate(),
    };

    private static byte[][] Encode(short[] speech)
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings());
        var payload = new byte[AudioLimits.MaxPayloadBytes];
        return [.. speech.Chunk(OpusCall.FrameSamples)
            .Select(frame => payload[..encoder.Encode(frame, payload)])];
    }

    private void Speak()
    {
        for (var i = 0; i < _calls.Length; i++)
        {
            _calls[i].Speak(SpokenBy(i, _place), _opus[PlaceOf(i, _place)], _now);
        }

        _place++;
    }

    // Each call is at another place of the recording, the same as in the peer.
    private int PlaceOf(int call, int place) => (place + (call * 7)) % _opus.Length;

    private ReadOnlySpan<byte> SpokenBy(int call, int place) =>
        _muLaw.AsSpan(PlaceOf(call, place) * OpusCall.FrameSamples, OpusCall.FrameSamples);
}
