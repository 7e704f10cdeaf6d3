using Farspan.Kernel;
using Farspan.Stun;
using Farspan.Stun.Tests;

namespace Farspan.Ice.Tests;

/// <summary>An agent with its sockets and, if it has one, its TURN allocation: what an owner does.</summary>
internal sealed class IceNode
{
    private const int RelayBase = 100;

    private readonly IceWorld _world;
    private readonly IceSettings _settings;
    private readonly RandomSource _random;
    private readonly Outbox<IceEffect> _outbox = new();
    private readonly Outbox<TurnEffect> _turnOutbox = new();
    private readonly Dictionary<int, Action<TransportAddress, ReadOnlyMemory<byte>>> _senders = [];
    private TurnClientSession? _turn;

    public IceNode(IceWorld world, IceRole role, IceSettings settings, ulong seed)
    {
        _world = world;
        _settings = settings;
        _random = new RandomSource(seed);
        Credentials = NewCredentials();
        Agent = new IceAgent(role, Credentials, settings, _random);
    }

    public IceAgent Agent { get; private set; }

    public IceCredentials Credentials { get; private set; }

    public Instant? Deadline => Instant.Earlier(Agent.Deadline, _turn?.Deadline);

    public List<(Instant At, IceEffect Effect)> Events { get; } = [];

    public List<(Instant At, int BaseId, TransportAddress Remote, byte[] Bytes)> Sent { get; } = [];

    public IceRemoteDescription Description =>
        new(Credentials, [.. Agent.LocalCandidates.Select(local => local.Candidate)]);

    public Instant? MomentOf<TEffect>()
        where TEffect : IceEffect
    {
        var found = Events.FindIndex(entry => entry.Effect is TEffect);
        return found < 0 ? null : Events[found].At;
    }

    /// <summary>A socket on the open network.</summary>
    public IceNode AddHost(int baseId, string address, ushort preference = IceLocalCandidate.BestPreference)
    {
        var local = IceWorld.Address(address);
        _senders[baseId] = (remote, bytes) => _world.Send(local, remote, bytes.Span);
        _world.Listen(local, (from, bytes) => Receive(baseId, from, bytes));
        Agent.AddLocal(IceLocalCandidate.Host(baseId, local, preference));
        return this;
    }

    /// <summary>A socket behind a NAT that maps it to one public address, whatever the destination.</summary>
    public IceNode AddNatted(int baseId, string address, string mapped)
    {
        var local = IceWorld.Address(address);
        Agent.AddLocal(IceLocalCandidate.Host(baseId, local));
        return Remap(baseId, mapped);
    }

    /// <summary>The NAT forgot its mapping and made another.</summary>
    public IceNode Remap(int baseId, string mapped)
    {
        var outside = IceWorld.Address(mapped);
        _senders[baseId] = (remote, bytes) => _world.Send(outside, remote, bytes.Span);
        _world.Listen(outside, (from, bytes) => Receive(baseId, from, bytes));
        return this;
    }

    /// <summary>
    /// An allocation at a TURN server of its own; the candidate is there when the world has run a little.
    /// </summary>
    public IceNode AddRelay(string socket, string server, string relayed)
    {
        var local = IceWorld.Address(socket);
        var serverAddress = IceWorld.Address(server);
        var relay = IceWorld.Address(relayed);
        var fake = new FakeTurnServer(relay);
        _world.Listen(serverAddress, (from, bytes) =>
        {
            if (fake.Receive(bytes, from) is { } answer)
            {
                _world.Send(serverAddress, from, answer);
            }

            fake.Relayed.ForEach(data => _world.Send(relay, data.Peer, data.Payload));
            fake.Relayed.Clear();
        });
        _world.Listen(relay, (from, bytes) =>
        {
            if (fake.Deliver(from, bytes) is { } datagram)
            {
                _world.Send(serverAddress, local, datagram);
            }
        });
        _world.Listen(local, (_, bytes) => ReceiveFromTurn(bytes, local, serverAddress));
        _turn = new TurnClientSession(FakeTurnServer.Credentials, new TurnSettings(), _random);
        _senders[RelayBase] = (remote, bytes) =>
        {
            _turn.Send(remote, bytes.Span, _world.Now, _turnOutbox);
            PerformTurn(local, serverAddress);
        };
        _turn.Start(_world.Now, _turnOutbox);
        PerformTurn(local, serverAddress);
        return this;
    }

    public void Start(IceRemoteDescription remote)
    {
        foreach (var candidate in remote.Candidates)
        {
            _turn?.Permit(candidate.Address, _world.Now, _turnOutbox);
        }

        Agent.Start(remote, _world.Now, _outbox);
        Perform();
    }

    /// <summary>ICE restart: another agent with other credentials on the same bases.</summary>
    public void Restart(IceRole role)
    {
        var locals = Agent.LocalCandidates;
        Agent.Close();
        Credentials = NewCredentials();
        Agent = new IceAgent(role, Credentials, _settings, _random);
        foreach (var local in locals)
        {
            Agent.AddLocal(local);
        }
    }

    public void Receive(int baseId, TransportAddress from, ReadOnlySpan<byte> bytes)
    {
        Agent.Receive(baseId, from, bytes, _world.Now, _outbox);
        Perform();
    }

    public void Expire()
    {
        if (Agent.Deadline <= _world.Now)
        {
            Agent.Expire(_world.Now, _outbox);
            Perform();
        }

        if (_turn?.Deadline <= _world.Now)
        {
            _turn.Expire(_world.Now, _turnOutbox);
        }
    }

    private void ReceiveFromTurn(byte[] bytes, TransportAddress local, TransportAddress server)
    {
        if (_turn!.TryReceive(bytes, _world.Now, _turnOutbox, out var data))
        {
            Receive(RelayBase, data.Peer, data.Payload);
        }

        PerformTurn(local, server);
    }

    private void PerformTurn(TransportAddress local, TransportAddress server)
    {
        foreach (var effect in _turnOutbox.Drain())
        {
            switch (effect)
            {
                case TurnEffect.Transmit transmit:
                    _world.Send(local, server, transmit.Bytes.Span);
                    break;
                case TurnEffect.Allocated allocated:
                    Agent.AddLocal(IceLocalCandidate.Relayed(RelayBase, allocated.Relayed, allocated.Mapped));
                    break;
            }
        }
    }

    private void Perform()
    {
        foreach (var effect in _outbox.Drain())
        {
            if (effect is IceEffect.Transmit transmit)
            {
                Sent.Add((_world.Now, transmit.BaseId, transmit.Remote, transmit.Bytes.ToArray()));
                _senders[transmit.BaseId](transmit.Remote, transmit.Bytes);
            }
            else
            {
                Events.Add((_world.Now, effect));
            }
        }
    }

    private IceCredentials NewCredentials() =>
        IceCredentials.TryCreate(_random.NextHex(8), _random.NextHex(32), out var credentials)
            ? credentials
            : throw new InvalidOperationException();
}
