using Farspan.Kernel;

namespace Farspan.Media.Tests;

/// <summary>
/// A network in virtual time: datagrams between addresses, ticks every 20 ms, and what goes wrong on the way.
/// </summary>
internal sealed class MediaNetwork(ulong seed = 1)
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _agenda = new();
    private readonly Dictionary<TransportAddress, Action<TransportAddress, byte[]>> _receivers = [];
    private readonly RandomSource _random = new(seed);
    private long _order;

    /// <summary>Begins at a moment that is nobody's default.</summary>
    public Instant Now { get; private set; } = Instant.FromMilliseconds(10_000);

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Sees every datagram, and says whether it is lost.</summary>
    public Func<TransportAddress, TransportAddress, byte[], bool>? Drops { get; set; }

    /// <summary>
    /// To whom datagrams are lost, doubled and delayed; the phone of a test has no jitter buffer.
    /// </summary>
    public Func<TransportAddress, bool> Impairs { get; set; } = _ => true;

    public double Loss { get; set; }

    public double Duplication { get; set; }

    /// <summary>
    /// Added to the delay of each datagram, from nothing up to this: overtaking follows from it.
    /// </summary>
    public TimeSpan MaxJitter { get; set; }

    public long Sent { get; private set; }

    public void Listen(TransportAddress address, Action<TransportAddress, byte[]> receive) =>
        _receivers[address] = receive;

    public void Unlisten(TransportAddress address) => _receivers.Remove(address);

    public void Send(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        var copy = datagram.ToArray();
        var isImpaired = Impairs(to);
        if (Drops?.Invoke(from, to, copy) == true || (isImpaired && _random.NextDouble() < Loss))
        {
            return;
        }

        var copies = isImpaired && _random.NextDouble() < Duplication ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var jitter = isImpaired ? MaxJitter * _random.NextDouble() : TimeSpan.Zero;
            At(Now + Delay + jitter, () => Deliver(from, to, copy.ToArray()));
        }
    }

    public void At(Instant moment, Action action) => _agenda.Enqueue(action, (moment.Ticks, _order++));

    /// <summary>Calls back every 20 ms, from now on.</summary>
    public void Every20Milliseconds(Action<Instant> tick)
    {
        void Tick()
        {
            tick(Now);
            At(Now + TimeSpan.FromMilliseconds(20), Tick);
        }

        At(Now, Tick);
    }

    public void Run(TimeSpan time)
    {
        var end = Now + time;
        while (_agenda.TryPeek(out _, out var next) && next.Ticks <= end.Ticks)
        {
            Now = new Instant(next.Ticks);
            _agenda.Dequeue()();
        }

        Now = end;
    }

    /// <summary>Runs until something holds; fails after ten seconds.</summary>
    public void RunUntil(Func<bool> holds)
    {
        for (var i = 0; i < 2_000 && !holds(); i++)
        {
            Run(TimeSpan.FromMilliseconds(5));
        }

        Assert.True(holds(), "It did not happen within ten seconds.");
    }

    private void Deliver(TransportAddress from, TransportAddress to, byte[] datagram)
    {
        if (_receivers.TryGetValue(to, out var receive))
        {
            receive(from, datagram);
        }
    }
}
