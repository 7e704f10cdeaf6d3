using Farspan.Kernel;
using Farspan.Stun.Tests;

namespace Farspan.Ice.Tests;

/// <summary>
/// A network in virtual time: delay, loss, cuts, NATs and TURN servers between agents. One seed, one history.
/// </summary>
internal sealed class IceWorld(ulong seed)
{
    private readonly PriorityQueue<Action, (long Ticks, long Sequence)> _events = new();
    private readonly Dictionary<TransportAddress, Action<TransportAddress, byte[]>> _receivers = [];
    private readonly RandomSource _random = new(seed);
    private long _sequence;

    public Instant Now { get; private set; }

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Of each datagram, 0 to 1.</summary>
    public double Loss { get; set; }

    /// <summary>Datagrams for which this is true vanish.</summary>
    public Func<TransportAddress, TransportAddress, bool> IsCut { get; set; } = (_, _) => false;

    /// <summary>Datagrams with such contents vanish, too.</summary>
    public Func<byte[], bool> IsEaten { get; set; } = _ => false;

    public List<IceNode> Nodes { get; } = [];

    public static TransportAddress Address(string text) =>
        TransportAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    public IceNode AddNode(IceRole role, IceSettings? settings = null)
    {
        var node = new IceNode(this, role, settings ?? IceSettings.Default, _random.NextUInt64());
        Nodes.Add(node);
        return node;
    }

    public void Listen(TransportAddress address, Action<TransportAddress, byte[]> receiver) =>
        _receivers[address] = receiver;

    public void Send(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        if (_random.NextDouble() < Loss || IsCut(from, to) || IsEaten(copy))
        {
            return;
        }

        After(Delay, () =>
        {
            if (_receivers.TryGetValue(to, out var receiver))
            {
                receiver(from, copy);
            }
        });
    }

    public void After(TimeSpan delay, Action action) =>
        _events.Enqueue(action, ((Now + delay).Ticks, _sequence++));

    public void Run(double seconds) => RunUntil(Now + TimeSpan.FromSeconds(seconds));

    public void RunUntil(Instant end)
    {
        while (NextMoment() is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            while (_events.TryPeek(out var action, out var at) && at.Ticks <= Now.Ticks)
            {
                _events.Dequeue();
                action();
            }

            foreach (var node in Nodes)
            {
                node.Expire();
            }
        }

        Now = end;
    }

    private Instant? NextMoment()
    {
        Instant? next = _events.TryPeek(out _, out var at) ? new Instant(at.Ticks) : null;
        foreach (var node in Nodes)
        {
            next = Instant.Earlier(next, node.Deadline);
        }

        return next;
    }
}
