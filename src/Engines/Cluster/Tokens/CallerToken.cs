using System.Diagnostics.CodeAnalysis;
using Farspan.Sip;

namespace Farspan.Cluster;

/// <summary>
/// All that an edge needs to go on with a carrier's dialog that another edge made: what rebuilds the caller's half of a
/// call (decision 0015).
/// </summary>
public sealed record CallerToken
{
    /// <summary>What this version writes.</summary>
    public const byte Version = 1;

    /// <summary>The lowest version that understands what this one writes.</summary>
    public const byte LowestReader = 1;

    /// <summary>The carrier's trunk, by its name in the configuration.</summary>
    public required string Trunk { get; init; }

    public required SipDialogState Dialog { get; init; }

    /// <summary>Over what the carrier was reached; its connection is dead with the edge, its addresses are
    /// not.</summary>
    public required SipFlow Flow { get; init; }

    /// <summary>Whole seconds; null: no session timer (RFC 4028).</summary>
    public TimeSpan? SessionInterval { get; init; }

    /// <summary>Whether the refreshes are ours.</summary>
    public bool IsRefresher { get; init; }

    public bool PeerAllowsUpdate { get; init; }

    /// <summary>Our last description; null before the first exchange. Its keys only receive from now on.</summary>
    public string? LocalDescription { get; init; }

    /// <summary>The carrier's last description.</summary>
    public string? RemoteDescription { get; init; }

    public bool IsLocalOffer { get; init; }

    /// <summary>How often the sequence numbers of the carrier's SRTP have come round (RFC 3711 §3.3.1).</summary>
    public uint ReceiveRollover { get; init; }

    /// <summary>While the INVITE has no final response: what that must carry back, topmost first
    /// (RFC 3261 §8.2.6.2). Empty afterwards.</summary>
    public IReadOnlyList<string> PendingVias { get; init; } = [];

    /// <summary>The INVITE's CSeq number, while it has no final response.</summary>
    public uint? PendingSequence { get; init; }

    /// <summary>The Request-URI of the carrier's INVITE.</summary>
    public string RequestUri { get; init; } = "";

    /// <summary>Header lines of the carrier's INVITE that a later contact is to know of.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool IsHeld { get; init; }

    public byte[] Encode()
    {
        var writer = new TokenFieldWriter(Version, LowestReader);
        CallerTokenFields.Write(this, writer);
        return writer.Finish();
    }

    public static bool TryDecode(
        ReadOnlySpan<byte> content, [NotNullWhen(true)] out CallerToken? token, out TokenError error)
    {
        token = null;
        if (!TokenFieldReader.TryRead(content, Version, out var fields, out error))
        {
            return false;
        }

        token = CallerTokenFields.Read(fields);
        error = token is null ? TokenError.Incomplete : TokenError.None;
        return token is not null;
    }
}
