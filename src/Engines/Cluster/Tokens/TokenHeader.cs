using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// What a sealed token says in the clear, and what its seal protects all the same (the associated data of
/// NIST SP 800-38D §7.1): enough for those who carry it to know what it is and which of two is newer.
/// </summary>
/// <remarks>
/// <code>
///  0xFA  version  role  generation(4)  expiry(8, ms since 1970)  epoch(4)  sequence(8)
///  length node    length boot    length cluster    length call
/// </code>
/// </remarks>
public sealed record TokenHeader
{
    /// <summary>How the header is laid out; a change that older nodes cannot read counts it up.</summary>
    public const byte Version = 1;

    private const byte Magic = 0xFA;

    public required TokenRole Role { get; init; }

    /// <summary>Of the key that sealed it.</summary>
    public required int Generation { get; init; }

    /// <summary>Whole milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required TokenStamp Stamp { get; init; }

    /// <summary>Which start of the node in the epoch sealed it.</summary>
    public required string Boot { get; init; }

    public required string Cluster { get; init; }

    /// <summary>Our id of the call, the same for both of its halves.</summary>
    public required string CallId { get; init; }

    /// <summary>Says which of two tokens of a half to keep.</summary>
    public bool Supersedes(TokenHeader other) => Stamp > other.Stamp;

    internal void Encode(ref SpanWriter writer)
    {
        writer.WriteByte(Magic);
        writer.WriteByte(Version);
        writer.WriteByte((byte)Role);
        writer.WriteUInt32((uint)Generation);
        writer.WriteUInt64((ulong)ExpiresAt.ToUnixTimeMilliseconds());
        writer.WriteUInt32(Stamp.Epoch.Number);
        writer.WriteUInt64(Stamp.Sequence);
        WriteText(ref writer, Stamp.Epoch.Node);
        WriteText(ref writer, Boot);
        WriteText(ref writer, Cluster);
        WriteText(ref writer, CallId);
    }

    internal static bool TryDecode(
        ref SpanReader reader, [NotNullWhen(true)] out TokenHeader? header, out TokenError error)
    {
        header = null;
        error = TokenError.Malformed;
        if (!reader.TryReadByte(out var magic) || magic != Magic || !reader.TryReadByte(out var version))
        {
            return false;
        }

        if (version != Version)
        {
            error = TokenError.UnknownVersion;
            return false;
        }

        if (reader.TryReadByte(out var role) && Enum.IsDefined((TokenRole)role)
            && reader.TryReadUInt32(out var generation) && generation is > 0 and <= int.MaxValue
            && reader.TryReadUInt64(out var expiry) && expiry <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && reader.TryReadUInt32(out var number)
            && reader.TryReadUInt64(out var sequence)
            && TryReadText(ref reader, ClusterLimits.NameCharactersMax, out var node)
            && TryReadText(ref reader, TokenLimits.BootCharactersMax, out var boot)
            && TryReadText(ref reader, ClusterLimits.NameCharactersMax, out var cluster)
            && TryReadText(ref reader, TokenLimits.CallIdCharactersMax, out var callId)
            && new Epoch(number, node) is { IsHeld: true } epoch)
        {
            error = TokenError.None;
            header = new TokenHeader
            {
                Role = (TokenRole)role,
                Generation = (int)generation,
                ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds((long)expiry),
                Stamp = new TokenStamp(epoch, sequence),
                Boot = boot,
                Cluster = cluster,
                CallId = callId,
            };
        }

        return header is not null;
    }

    internal static bool IsText(string text, int charactersMax) =>
        text.Length > 0 && text.Length <= charactersMax && text.All(c => c is > ' ' and < '\x7F');

    internal static void WriteText(ref SpanWriter writer, string text)
    {
        writer.WriteByte((byte)text.Length);
        writer.WriteBytes(Encoding.ASCII.GetBytes(text));
    }

    internal static bool TryReadText(ref SpanReader reader, int charactersMax, out string text)
    {
        text = "";
        if (!reader.TryReadByte(out var length) || !reader.TryReadBytes(length, out var bytes))
        {
            return false;
        }

        text = Encoding.ASCII.GetString(bytes);
        return IsText(text, charactersMax) && Ascii.IsValid(bytes);
    }
}
