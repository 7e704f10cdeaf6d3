using System.Collections.Concurrent;
using System.Security.Cryptography;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Network;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Sip;
using Farspan.Tones;

namespace Farspan.CarrierSimulator;

/// <summary>
/// A carrier that places calls over real sockets, plays each call's tones and listens for its agent's: the
/// far end of the lab. Calls may be placed from any thread.
/// </summary>
/// <remarks>
/// <code>
///   PlaceAsync ──► port pair ──► CallerAudio on a MediaWorker ◄──── RTP ────►
///        └───────► CallerLoop (one thread) ──► CallerEngine ──► SIP listener ►
/// </code>
/// </remarks>
public sealed class SimulatedCarrier : IDisposable
{
    private readonly CarrierSettings _settings;
    private readonly CallerCodec _codec;
    private readonly MonotonicClock _clock = new();
    private readonly ToneClock _toneClock;
    private readonly CarrierPort _port;
    private readonly CallerLoop _loop;
    private readonly MediaPortPool _ports;
    private readonly MediaWorker[] _workers;
    private readonly ConcurrentDictionary<long, LiveCall> _calls = new();
    private readonly ConcurrentDictionary<IMediaSession, LiveCall> _sessions =
        new(ReferenceEqualityComparer.Instance);
    private long _lastId;

    /// <summary>Binds its SIP socket and starts its threads.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The local address cannot be bound.</exception>
    /// <exception cref="NotSupportedException">The codec needs a library that is not installed.</exception>
    public SimulatedCarrier(CarrierSettings settings)
    {
        _settings = settings;
        _codec = new CallerCodec(settings.Codec);
        if (!_codec.IsAvailable)
        {
            throw new NotSupportedException(
                $"{settings.Codec} needs a library that is not installed (libopus0)");
        }

        _toneClock = new ToneClock(_clock);
        var address = TransportAddress.From(settings.LocalAddress, 0);
        _ports = new MediaPortPool(address, settings.FirstPort, settings.LastPort, new UdpSocketSettings());
        var watcher = new Watcher(this);
        _workers = [.. Enumerable.Range(1, settings.MediaWorkers).Select(number =>
            new MediaWorker(new MediaWorkerOptions { Name = $"carrier-media-{number}" }, _clock, watcher))];
        _port = new CarrierPort(settings);
        var engine = new CallerEngine(settings, _port.Flow, NewRandom(), RandomNumberGenerator.Fill);
        _loop = new CallerLoop(engine, _clock, Perform);
        _port.Start(_loop);
    }

    /// <summary>Calls placed and not yet over.</summary>
    public int ActiveCalls => _calls.Count;

    /// <summary>Calls answered and not yet over.</summary>
    public int TalkingCalls => _calls.Values.Count(call => call.IsTalking);

    /// <summary>
    /// Datagrams and messages that were dropped because the signalling thread did not keep up.
    /// </summary>
    public long DroppedInputs => _loop.DroppedInputs;

    /// <summary>
    /// Media ticks later than 10 ms, in thousandths: how far the simulator itself may be to blame.
    /// </summary>
    public double LateTicksPerMille
    {
        get
        {
            var (late, all) = (0L, 0L);
            foreach (var worker in _workers)
            {
                var lateness = worker.Statistics.Lateness;
                for (var bucket = 0; bucket < lateness.Buckets; bucket++)
                {
                    all += lateness[bucket];
                    late += bucket >= 4 ? lateness[bucket] : 0;
                }
            }

            return all == 0 ? 0 : 1_000.0 * late / all;
        }
    }

    /// <summary>Places a call and waits until it is over; the token ends it before its time.</summary>
    public async Task<CallReport> PlaceAsync(CallPlan plan, CancellationToken giveUp)
    {
        var id = Interlocked.Increment(ref _lastId);
        if (_ports.TryOpen(out var rtp, out var rtcp) != MediaPortOutcome.Opened)
        {
            return Unplaced(plan, "no RTP port is free");
        }

        var call = new LiveCall(id, plan, rtp!.LocalAddress.Port)
        {
            Audio = new CallerAudio(plan.Code, _codec, _toneClock, NewRandom(), _clock.Now),
            Worker = _workers[id % _workers.Length],
        };
        _calls[id] = call;
        _sessions[call.Audio] = call;
        if (!call.Worker.TryAdd(call.Audio, rtp, rtcp!))
        {
            rtp.Dispose();
            rtcp!.Dispose();
            Forget(call);
            return Unplaced(plan, "the media worker is full");
        }

        var media = new LocalMedia(_settings.LocalAddress, call.RtpPort, call.RtpPort + 1, (ulong)id);
        _loop.Post((engine, now, outbox) => engine.Place(id, plan, media, now, outbox));
        await using var registration = giveUp.Register(
            () => _loop.Post((engine, now, outbox) => engine.GiveUp(id, now, outbox)));
        return await call.Ended.Task.ConfigureAwait(false);
    }

    /// <summary>Ends everything at once; calls that are not over are reported as abandoned.</summary>
    public void Dispose()
    {
        _port.Dispose();
        _loop.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static RandomSource NewRandom() =>
        new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    private CallReport Unplaced(CallPlan plan, string detail) => new()
    {
        Plan = plan,
        SipCallId = "",
        Result = CallResult.TransportFailed,
        Detail = detail,
        Codec = _settings.Codec,
    };

    private void Perform(CallerEffect effect)
    {
        switch (effect)
        {
            case CallerEffect.Transmit(var flow, var message):
                _port.Send(flow, message);
                break;

            case CallerEffect.AudioAgreed(var id, var audio) when _calls.TryGetValue(id, out var call):
                call.IsTalking = true;
                call.Worker.TryPost(call.Audio, audio);
                break;

            case CallerEffect.CallEnded(var id, var ending) when _calls.TryGetValue(id, out var call):
                call.Ending = ending;
                call.Worker.TryPost(call.Audio, CallerAudio.Farewell);
                call.Worker.TryRemove(call.Audio);
                break;

            default:
                // The call is over already: its media failed.
                break;
        }
    }

    private void SessionEnded(IMediaSession session, Exception? failure)
    {
        if (!_sessions.TryGetValue(session, out var call))
        {
            return;
        }

        Forget(call);
        var detail = failure?.Message ?? "the carrier was stopped";
        var ending = call.Ending ?? new CallEnding("", CallResult.Abandoned, null, detail, null);
        call.Ended.TrySetResult(new CallReport
        {
            Plan = call.Plan,
            SipCallId = ending.SipCallId,
            Result = ending.Result,
            StatusCode = ending.StatusCode,
            Detail = ending.Detail,
            SetupTime = ending.SetupTime,
            Codec = _settings.Codec,
            Audio = call.IsTalking ? call.Audio.Report() : null,
        });
        if (call.Ending is null)
        {
            _loop.Post((engine, now, outbox) => engine.GiveUp(call.Id, now, outbox));
        }
    }

    private void Forget(LiveCall call)
    {
        _calls.TryRemove(call.Id, out _);
        _sessions.TryRemove(call.Audio, out _);
        call.Audio.Dispose();
        _ports.Return(call.RtpPort);
    }

    private sealed class LiveCall(long id, CallPlan plan, ushort rtpPort)
    {
        public long Id { get; } = id;

        public CallPlan Plan { get; } = plan;

        public ushort RtpPort { get; } = rtpPort;

        public required CallerAudio Audio { get; init; }

        public required MediaWorker Worker { get; init; }

        public TaskCompletionSource<CallReport> Ended { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsTalking;

        public volatile CallEnding? Ending;
    }

    private sealed class Watcher(SimulatedCarrier carrier) : IMediaWorkerObserver
    {
        public void SessionEnded(IMediaSession session, Exception? failure) =>
            carrier.SessionEnded(session, failure);

        public void LoopStalled(TimeSpan gap)
        {
            // Late ticks tell it.
        }
    }
}
