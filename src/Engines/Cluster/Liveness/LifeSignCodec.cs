using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Seals life signs into datagrams and opens those of peers, with the cluster's key of
/// <see cref="TokenRole.LifeSign"/> (decision 0015).
/// </summary>
/// <remarks>
/// <code>
///  0xFB  version  generation(4)  sequence(8)  length node  length boot  length cluster │ sealed fields │ tag(16)
/// </code>
/// </remarks>
public sealed class LifeSignCodec(TokenKeys keys)
{
    /// <summary>A datagram that is longer is none of ours.</summary>
    public const int DatagramBytesMax = 512;

    private const byte Magic = 0xFB;
    private const byte LayoutVersion = 1;
    private const byte ContentVersion = 1;
    private const byte StartedAt = 1;
    private const byte Calls = 2;
    private const byte CallsMax = 3;
    private const byte IsDraining = 4;
    private const byte QuotaLeft = 5;

    /// <summary>The datagram. Each sequence number of a start may be sealed once.</summary>
    public byte[] Encode(LifeSign sign, DateTimeOffset wall)
    {
        Invariant.Require(ClusterName.IsValid(sign.Node));
        Invariant.Require(TokenHeader.IsText(sign.Boot, TokenLimits.BootCharactersMax));

        var key = keys.SealingAt(wall);
        Span<byte> datagram = stackalloc byte[DatagramBytesMax];
        var writer = new SpanWriter(datagram);
        writer.WriteByte(Magic);
        writer.WriteByte(LayoutVersion);
        writer.WriteUInt32((uint)key.Generation);
        writer.WriteUInt64(sign.Sequence);
        TokenHeader.WriteText(ref writer, sign.Node);
        TokenHeader.WriteText(ref writer, sign.Boot);
        TokenHeader.WriteText(ref writer, keys.Cluster);
        var content = EncodeContent(sign);
        var headBytes = writer.Position;
        keys.CipherOf(key, sign.Node, sign.Boot)
            .Seal(sign.Sequence, datagram[..headBytes], content, datagram[headBytes..]);
        return datagram[..(headBytes + content.Length + TokenCipher.TagBytes)].ToArray();
    }

    public bool TryDecode(
        ReadOnlySpan<byte> datagram,
        DateTimeOffset wall,
        [NotNullWhen(true)] out LifeSign? sign,
        out TokenError error)
    {
        sign = null;
        error = TokenError.Malformed;
        var reader = new SpanReader(datagram);
        if (datagram.Length > DatagramBytesMax
            || !reader.TryReadByte(out var magic) || magic != Magic
            || !reader.TryReadByte(out var version))
        {
            return false;
        }

        if (version != LayoutVersion)
        {
            error = TokenError.UnknownVersion;
            return false;
        }

        if (!reader.TryReadUInt32(out var generation) || generation > int.MaxValue
            || !reader.TryReadUInt64(out var sequence)
            || !TokenHeader.TryReadText(ref reader, ClusterLimits.NameCharactersMax, out var node)
            || !ClusterName.IsValid(node)
            || !TokenHeader.TryReadText(ref reader, TokenLimits.BootCharactersMax, out var boot)
            || !TokenHeader.TryReadText(ref reader, ClusterLimits.NameCharactersMax, out var cluster)
            || reader.Remaining < TokenCipher.TagBytes)
        {
            return false;
        }

        var head = datagram[..reader.Position];
        error = cluster != keys.Cluster ? TokenError.ForeignCluster
            : !keys.TryFind((int)generation, node, boot, wall, out var cipher) ? TokenError.UnknownGeneration
            : Open(cipher, sequence, head, reader.Rest, out var fields) is var fault and not TokenError.None ? fault
            : TryRead(fields!, node, boot, sequence, out sign) ? TokenError.None
            : TokenError.Incomplete;
        return sign is not null;
    }

    private static byte[] EncodeContent(LifeSign sign) => new TokenFieldWriter(ContentVersion, lowestReader: 1)
        .Time(StartedAt, sign.StartedAt)
        .Number(Calls, (ulong)Math.Max(0, sign.Calls))
        .Number(CallsMax, (ulong)Math.Max(0, sign.CallsMax))
        .Flag(IsDraining, sign.IsDraining)
        .Number(QuotaLeft, sign.QuotaLeft is { } left ? (ulong)Math.Max(0, left) : null)
        .Finish();

    private static TokenError Open(
        TokenCipher cipher,
        ulong sequence,
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> sealedText,
        out TokenFieldReader? fields)
    {
        fields = null;
        Span<byte> content = stackalloc byte[sealedText.Length - TokenCipher.TagBytes];
        return !cipher.TryOpen(sequence, head, sealedText, content) ? TokenError.Forged
            : TokenFieldReader.TryRead(content, ContentVersion, out fields, out var error) ? TokenError.None
            : error;
    }

    private static bool TryRead(
        TokenFieldReader fields, string node, string boot, ulong sequence, out LifeSign? sign)
    {
        sign = fields.Time(StartedAt) is not { } startedAt ? null : new LifeSign
        {
            Node = node,
            Boot = boot,
            Sequence = sequence,
            StartedAt = startedAt,
            Calls = (int)(fields.Number32(Calls, int.MaxValue) ?? 0),
            CallsMax = (int)(fields.Number32(CallsMax, int.MaxValue) ?? 0),
            IsDraining = fields.Flag(IsDraining),
            QuotaLeft = (int?)fields.Number32(QuotaLeft, int.MaxValue),
        };
        return sign is not null;
    }
}
