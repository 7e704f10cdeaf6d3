using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>The grammar of a candidate line (RFC 8839 §5.1).</summary>
/// <remarks>
/// <code>
/// candidate:foundation component transport priority address port typ kind [raddr a] [rport p] *(name value)
/// </code>
/// </remarks>
internal static class IceCandidateText
{
    private const string Prefix = "candidate:";
    private const int FixedFields = 8;
    private const int MaxFields = 64;

    public static bool TryParse(
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out IceCandidate? candidate,
        out IceCandidateError error)
    {
        candidate = null;
        Span<Range> ranges = stackalloc Range[MaxFields];
        text = text.Trim();
        text = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text;
        var count = text.Length > IceLimits.MaxCandidateText ? 0 : text.Split(ranges, ' ');
        if (count < FixedFields || text[ranges[0]].Length is < 1 or > IceLimits.MaxFoundation)
        {
            error = IceCandidateError.Malformed;
            return false;
        }

        error = CheckFields(text, ranges, out var address, out var priority, out var kind);
        if (error == IceCandidateError.None)
        {
            var related = FindRelated(text, ranges[FixedFields..count]);
            candidate = new IceCandidate(kind, address, priority, text[ranges[0]].ToString(), related);
        }

        return candidate is not null;
    }

    public static string Write(IceCandidate candidate)
    {
        var address = candidate.Address;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{candidate.Foundation} {IcePriority.ComponentId} udp {candidate.Priority} "
            + $"{address.ToIPAddress()} {address.Port} typ {Name(candidate.Kind)}");
        return candidate.Kind == IceCandidateKind.Host || candidate.Related.IsNone
            ? line
            : $"{line} raddr {candidate.Related.ToIPAddress()} rport {candidate.Related.Port}";
    }

    private static IceCandidateError CheckFields(
        ReadOnlySpan<char> text,
        ReadOnlySpan<Range> ranges,
        out TransportAddress address,
        out uint priority,
        out IceCandidateKind kind)
    {
        address = default;
        kind = default;
        if (!uint.TryParse(text[ranges[3]], NumberStyles.None, null, out priority)
            || !int.TryParse(text[ranges[1]], NumberStyles.None, null, out var component)
            || !ushort.TryParse(text[ranges[5]], NumberStyles.None, null, out var port)
            || !text[ranges[6]].Equals("typ", StringComparison.OrdinalIgnoreCase))
        {
            return IceCandidateError.Malformed;
        }

        var isUdp = text[ranges[2]].Equals("udp", StringComparison.OrdinalIgnoreCase);
        return !isUdp ? IceCandidateError.OtherTransport
            : component != IcePriority.ComponentId ? IceCandidateError.OtherComponent
            : !TransportAddress.TryParse(text[ranges[4]], port, out address) ? IceCandidateError.HostName
            : !TryReadKind(text[ranges[7]], out kind) ? IceCandidateError.OtherKind
            : IceCandidateError.None;
    }

    private static TransportAddress FindRelated(ReadOnlySpan<char> text, ReadOnlySpan<Range> extensions)
    {
        ReadOnlySpan<char> host = default;
        ushort port = 0;
        for (var i = 0; i + 1 < extensions.Length; i += 2)
        {
            var name = text[extensions[i]];
            var value = text[extensions[i + 1]];
            if (name.SequenceEqual("raddr"))
            {
                host = value;
            }
            else if (name.SequenceEqual("rport")
                && ushort.TryParse(value, NumberStyles.None, null, out var parsed))
            {
                port = parsed;
            }
        }

        return TransportAddress.TryParse(host, port, out var related) ? related : default;
    }

    private static string Name(IceCandidateKind kind) => kind switch
    {
        IceCandidateKind.Host => "host",
        IceCandidateKind.ServerReflexive => "srflx",
        IceCandidateKind.PeerReflexive => "prflx",
        _ => "relay",
    };

    private static bool TryReadKind(ReadOnlySpan<char> text, out IceCandidateKind kind)
    {
        foreach (var candidate in Enum.GetValues<IceCandidateKind>())
        {
            kind = candidate;
            if (text.Equals(Name(candidate), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        kind = default;
        return false;
    }
}
