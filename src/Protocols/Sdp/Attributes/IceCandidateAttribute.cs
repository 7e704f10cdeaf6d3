using System.Diagnostics.CodeAnalysis;
using System.Net;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>An a=candidate line (RFC 8839 §5.1).</summary>
public sealed record IceCandidateAttribute
{
    private const int MaxComponentId = 256;
    private const int MaxFoundationChars = 32;

    public required string Foundation { get; init; }

    /// <summary>1 for RTP, 2 for RTCP without multiplexing.</summary>
    public int ComponentId { get; init; } = 1;

    /// <summary>UDP, or a transport unknown here, such as tcp.</summary>
    public string Transport { get; init; } = "udp";

    public required uint Priority { get; init; }

    /// <summary>An address literal, or a name such as an mDNS <c>.local</c> one.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    public required IceCandidateType Type { get; init; }

    /// <summary>Null when not stated.</summary>
    public string? RelatedAddress { get; init; }

    /// <summary>Null when not stated.</summary>
    public int? RelatedPort { get; init; }

    /// <summary>Extension attributes as they were written; empty if there are none.</summary>
    public string Extensions { get; init; } = "";

    public bool IsUdp => Transport.Equals("udp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns false for a name.</summary>
    public bool TryGetAddress(out TransportAddress address) =>
        TransportAddress.TryParse(Address, (ushort)Port, out address);

    /// <summary>Reads the value of the attribute, without the leading <c>candidate:</c>.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out IceCandidateAttribute? candidate)
    {
        candidate = null;
        var fields = new FieldReader(text);
        if (!fields.TryRead(out var foundation)
            || foundation.Length > MaxFoundationChars
            || !fields.TryReadNumber(MaxComponentId, out var component)
            || !fields.TryRead(out var transport)
            || !fields.TryReadNumber(uint.MaxValue, out var priority)
            || !TryReadTarget(ref fields, out var address, out var port, out var type))
        {
            return false;
        }

        candidate = new IceCandidateAttribute
        {
            Foundation = foundation.ToString(),
            ComponentId = (int)component,
            Transport = transport.ToString(),
            Priority = (uint)priority,
            Address = address.ToString(),
            Port = port,
            Type = type,
        }.WithRelated(fields);
        return true;
    }

    public override string ToString()
    {
        var related = RelatedAddress is null ? "" : $" raddr {RelatedAddress}";
        var relatedPort = RelatedPort is null ? "" : $" rport {RelatedPort}";
        var extensions = Extensions.Length == 0 ? "" : $" {Extensions}";
        return $"{Foundation} {ComponentId} {Transport} {Priority} {Address} {Port} typ {NameOf(Type)}"
            + related + relatedPort + extensions;
    }

    private static bool TryReadTarget(
        ref FieldReader fields, out ReadOnlySpan<char> address, out int port, out IceCandidateType type)
    {
        port = 0;
        type = default;
        if (!fields.TryRead(out address) || !fields.TryReadNumber(IPEndPoint.MaxPort, out var number))
        {
            return false;
        }

        port = (int)number;
        return fields.TryRead(out var keyword)
            && keyword is "typ"
            && fields.TryRead(out var name)
            && TryParseType(name, out type);
    }

    private static bool TryParseType(ReadOnlySpan<char> name, out IceCandidateType type)
    {
        foreach (var candidate in Enum.GetValues<IceCandidateType>())
        {
            if (name.SequenceEqual(NameOf(candidate)))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    private static string NameOf(IceCandidateType type) => type switch
    {
        IceCandidateType.Host => "host",
        IceCandidateType.ServerReflexive => "srflx",
        IceCandidateType.PeerReflexive => "prflx",
        IceCandidateType.Relayed => "relay",
        _ => throw Invariant.Unreachable(type),
    };

    private IceCandidateAttribute WithRelated(FieldReader fields)
    {
        var (address, port) = ((string?)null, (int?)null);
        if (fields.Rest.StartsWith("raddr ") && fields.TryRead(out _) && fields.TryRead(out var related))
        {
            address = related.ToString();
        }

        if (fields.Rest.StartsWith("rport ") && fields.TryRead(out _)
            && fields.TryReadNumber(IPEndPoint.MaxPort, out var relatedPort))
        {
            port = (int)relatedPort;
        }

        return this with
        {
            RelatedAddress = address,
            RelatedPort = port,
            Extensions = fields.Rest.ToString(),
        };
    }
}
