using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Farspan.Kernel;

/// <summary>
/// An IP address and port as a value: what a packet came from or goes to (the transport address of
/// RFC 8445 §4, its protocol left to the owner). Comparing, hashing and copying allocate nothing.
/// </summary>
/// <remarks>
/// An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is stored as the IPv4 address it stands for, so that
/// a dual-stack socket and an IPv4 socket name a peer alike. The default value is <see cref="IsNone"/>.
/// </remarks>
public readonly struct TransportAddress : IEquatable<TransportAddress>
{
    /// <summary>Length of an IPv4 address on the wire.</summary>
    public const int IPv4Bytes = 4;

    /// <summary>Length of an IPv6 address on the wire.</summary>
    public const int IPv6Bytes = 16;

    private const int MaxIPv4Characters = 15;
    private const ulong MappedPrefix = 0xFFFF;

    // 2^64 divided by the golden ratio: neighbouring ports and addresses land far apart.
    private const ulong HashMultiplier = 0x9E3779B97F4A7C15;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly ushort _port;
    private readonly Kind _kind;

    private TransportAddress(ulong high, ulong low, Kind kind, ushort port)
    {
        var isMapped = kind == Kind.IPv6 && high == 0 && low >> 32 == MappedPrefix;
        _high = high;
        _low = isMapped ? (uint)low : low;
        _kind = isMapped ? Kind.IPv4 : kind;
        _port = port;
    }

    private enum Kind : byte
    {
        None,
        IPv4,
        IPv6,
    }

    /// <summary>True for the default value, which names nobody.</summary>
    public bool IsNone => _kind == Kind.None;

    public bool IsIPv4 => _kind == Kind.IPv4;

    public bool IsIPv6 => _kind == Kind.IPv6;

    /// <summary>fe80::/10 (RFC 4291 §2.5.6): meaningful on one link only.</summary>
    public bool IsIPv6LinkLocal => IsIPv6 && _high >> 54 == 0xFE80 >> 6;

    public ushort Port => _port;

    /// <summary>Bytes that <see cref="WriteAddress"/> writes: 4, 16, or 0 for none.</summary>
    public int AddressBytes => _kind switch
    {
        Kind.IPv4 => IPv4Bytes,
        Kind.IPv6 => IPv6Bytes,
        _ => 0,
    };

    public static bool operator ==(TransportAddress left, TransportAddress right) => left.Equals(right);

    public static bool operator !=(TransportAddress left, TransportAddress right) => !left.Equals(right);

    /// <summary>An IPv4 address whose first octet is the highest byte of the number.</summary>
    public static TransportAddress FromIPv4(uint address, ushort port) => new(0, address, Kind.IPv4, port);

    /// <summary>Takes 4 or 16 bytes in network order; any other length is refused.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> address, ushort port, out TransportAddress result)
    {
        result = address.Length switch
        {
            IPv4Bytes => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address), port),
            IPv6Bytes => FromIPv6(address, port),
            _ => default,
        };
        return !result.IsNone;
    }

    /// <summary>Converts without allocating for IPv4. An IPv6 scope is not kept.</summary>
    public static TransportAddress From(IPAddress address, int port)
    {
        Invariant.Require(port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort);
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        Invariant.Require(address.TryWriteBytes(bytes, out var count));
        Invariant.Require(TryCreate(bytes[..count], (ushort)port, out var result));
        return result;
    }

    public static TransportAddress From(IPEndPoint endPoint) => From(endPoint.Address, endPoint.Port);

    /// <summary>
    /// Reads a literal such as <c>192.0.2.1:5060</c> or <c>[2001:db8::1]:5060</c>; never a host name.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TransportAddress result)
    {
        result = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, null, out var port))
        {
            return false;
        }

        var host = text[..colon];
        var isBracketed = host.Length > 2 && host[0] == '[' && host[^1] == ']';
        return isBracketed == host.Contains(':')
            && TryParse(isBracketed ? host[1..^1] : host, port, out result);
    }

    /// <summary>Reads an address literal without brackets; never a host name, never with a scope.</summary>
    public static bool TryParse(ReadOnlySpan<char> address, ushort port, out TransportAddress result)
    {
        result = default;
        if (address.ContainsAny("[]%") || !IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        // The runtime also takes "1", "127.1", "010.0.0.1" and "0x7f.0.0.1"; here dotted decimal counts.
        Span<char> canonical = stackalloc char[MaxIPv4Characters];
        if (parsed.AddressFamily == AddressFamily.InterNetwork
            && !(parsed.TryFormat(canonical, out var written) && address.SequenceEqual(canonical[..written])))
        {
            return false;
        }

        result = From(parsed, port);
        return true;
    }

    public TransportAddress WithPort(ushort port) => new(_high, _low, _kind, port);

    /// <summary>
    /// True if both have the same address; ports may differ (what a TURN permission compares).
    /// </summary>
    public bool HasAddressOf(TransportAddress other) =>
        _high == other._high && _low == other._low && _kind == other._kind;

    /// <summary>
    /// Writes the address in network order and returns its length, <see cref="AddressBytes"/>.
    /// </summary>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
        }
        else if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        }

        return AddressBytes;
    }

    /// <summary>Allocates; for set-up and for printing.</summary>
    public IPAddress ToIPAddress()
    {
        Invariant.Require(!IsNone);
        Span<byte> bytes = stackalloc byte[IPv6Bytes];
        return new IPAddress(bytes[..WriteAddress(bytes)]);
    }

    public IPEndPoint ToIPEndPoint() => new(ToIPAddress(), _port);

    public bool Equals(TransportAddress other) => HasAddressOf(other) && _port == other._port;

    public override bool Equals([NotNullWhen(true)] object? obj) =>
        obj is TransportAddress other && Equals(other);

    /// <summary>
    /// The same in every process: runs repeat exactly. Not for tables that strangers can fill.
    /// </summary>
    public override int GetHashCode()
    {
        var hash = ((_high * HashMultiplier) ^ _low) * HashMultiplier;
        hash = (hash ^ (hash >> 32) ^ ((ulong)_port << 8) ^ (byte)_kind) * HashMultiplier;
        return (int)(hash >> 32);
    }

    public override string ToString() => _kind switch
    {
        Kind.IPv4 => $"{ToIPAddress()}:{_port}",
        Kind.IPv6 => $"[{ToIPAddress()}]:{_port}",
        _ => "none",
    };

    private static TransportAddress FromIPv6(ReadOnlySpan<byte> address, ushort port) => new(
        BinaryPrimitives.ReadUInt64BigEndian(address),
        BinaryPrimitives.ReadUInt64BigEndian(address[8..]),
        Kind.IPv6,
        port);
}
