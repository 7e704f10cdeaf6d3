using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Stun.Tests;

/// <summary>
/// A TURN server for one client, sans-IO: what RFC 8656 asks of a server, as far as our client can see it.
/// </summary>
internal sealed class FakeTurnServer(TransportAddress relayed)
{
    public const string Username = "user";
    public const string Password = "secret";
    private const string Realm = "example.org";

    private readonly byte[] _key = StunCredentialKey.LongTerm(Username, Realm, Password);
    private readonly Dictionary<ushort, TransportAddress> _channels = [];

    public static TurnCredentials Credentials { get; } = new(Username, new Redacted<string>(Password));

    public string Nonce { get; set; } = "nonce-1";

    public uint LifetimeSeconds { get; set; } = 600;

    public bool HasAllocation { get; set; }

    public bool IsPadding { get; set; }

    /// <summary>Errors to answer the next authenticated requests with.</summary>
    public Queue<(StunErrorCode Code, TransportAddress Alternate)> NextErrors { get; } = new();

    public HashSet<TransportAddress> Permissions { get; } = [];

    /// <summary>Authenticated requests in order, with the LIFETIME asked for.</summary>
    public List<(StunMethod Method, uint? Lifetime)> Requests { get; } = [];

    /// <summary>What peers would have received.</summary>
    public List<(TransportAddress Peer, byte[] Payload)> Relayed { get; } = [];

    /// <summary>Takes a message of the client's; null if it needs no answer.</summary>
    public byte[]? Receive(ReadOnlySpan<byte> message, TransportAddress client)
    {
        if (TurnChannelData.TryDecode(message, out var channel, out var payload))
        {
            if (_channels.TryGetValue(channel, out var bound))
            {
                Relayed.Add((bound, payload.ToArray()));
            }

            return null;
        }

        Assert.True(StunMessageView.TryDecode(message, out var request, out _));
        if (request.Class != StunClass.Indication)
        {
            return Answer(request, client);
        }

        Assert.True(request.TryGetAddress(StunAttribute.XorPeerAddress, out var peer));
        Assert.True(request.TryGet(StunAttribute.Data, out payload));
        if (Permissions.Contains(peer.WithPort(0)))
        {
            Relayed.Add((peer, payload.ToArray()));
        }

        return null;
    }

    /// <summary>
    /// A peer's datagram to the relay address, as the client gets it; null without a permission.
    /// </summary>
    public byte[]? Deliver(TransportAddress peer, ReadOnlySpan<byte> payload)
    {
        var buffer = new byte[2000];
        if (!HasAllocation || !Permissions.Contains(peer.WithPort(0)))
        {
            return null;
        }

        foreach (var (channel, bound) in _channels)
        {
            if (bound == peer
                && TurnChannelData.TryEncode(channel, payload, IsPadding, buffer, out var framed))
            {
                return buffer[..framed];
            }
        }

        var writer = new StunWriter(buffer, StunClass.Indication, StunMethod.Data, default);
        writer.WriteAddress(StunAttribute.XorPeerAddress, peer);
        writer.WriteBytes(StunAttribute.Data, payload);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }

    private byte[] Answer(StunMessageView request, TransportAddress client)
    {
        if (!request.HasIntegrity)
        {
            return Error(request, StunErrorCode.Unauthenticated);
        }

        request.TryGetText(StunAttribute.Nonce, out var nonce);
        request.TryGetText(StunAttribute.Username, out var username);
        if (nonce != Nonce)
        {
            return Error(request, StunErrorCode.StaleNonce);
        }

        if (username != Username || !request.VerifyIntegrity(_key))
        {
            return Error(request, StunErrorCode.Unauthenticated);
        }

        uint? asked = request.TryGetUInt32(StunAttribute.Lifetime, out var lifetime) ? lifetime : null;
        Requests.Add((request.Method, asked));
        return NextErrors.TryDequeue(out var error)
            ? Error(request, error.Code, error.Alternate)
            : Perform(request, client, asked);
    }

    private byte[] Perform(StunMessageView request, TransportAddress client, uint? lifetime)
    {
        if (request.Method != StunMethod.Allocate && !HasAllocation)
        {
            return Error(request, StunErrorCode.AllocationMismatch);
        }

        HasAllocation = lifetime != 0;
        request.TryGetAddress(StunAttribute.XorPeerAddress, out var peer);
        if (request.Method is StunMethod.CreatePermission or StunMethod.ChannelBind)
        {
            Permissions.Add(peer.WithPort(0));
        }

        if (request.Method == StunMethod.ChannelBind)
        {
            Assert.True(request.TryGet(StunAttribute.ChannelNumber, out var value));
            _channels[BinaryPrimitives.ReadUInt16BigEndian(value)] = peer;
        }

        return Success(request, client, lifetime == 0 ? 0 : LifetimeSeconds);
    }

    private byte[] Success(StunMessageView request, TransportAddress client, uint lifetimeSeconds)
    {
        var buffer = new byte[500];
        var writer = new StunWriter(buffer, StunClass.Success, request.Method, request.TransactionId);
        if (request.Method is StunMethod.Allocate or StunMethod.Refresh)
        {
            writer.WriteUInt32(StunAttribute.Lifetime, lifetimeSeconds);
        }

        if (request.Method == StunMethod.Allocate)
        {
            writer.WriteAddress(StunAttribute.XorRelayedAddress, relayed);
            writer.WriteAddress(StunAttribute.XorMappedAddress, client);
        }

        writer.WriteIntegrity(_key);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }

    private byte[] Error(StunMessageView request, StunErrorCode code, TransportAddress alternate = default)
    {
        var buffer = new byte[500];
        var writer = new StunWriter(buffer, StunClass.Error, request.Method, request.TransactionId);
        writer.WriteErrorCode(code, default);
        if (code is StunErrorCode.Unauthenticated or StunErrorCode.StaleNonce)
        {
            writer.WriteText(StunAttribute.Realm, Realm);
            writer.WriteText(StunAttribute.Nonce, Nonce);
        }
        else
        {
            if (!alternate.IsNone)
            {
                writer.WriteAddress(StunAttribute.AlternateServer, alternate);
            }

            writer.WriteIntegrity(_key);
        }

        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }
}
