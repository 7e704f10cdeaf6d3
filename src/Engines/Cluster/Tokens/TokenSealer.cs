using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Seals the tokens of one role at one node, from its start on: a count that never repeats is their nonce
/// (decision 0015, NIST SP 800-38D §8.2.1).
/// </summary>
/// <param name="keys">Of the role.</param>
/// <param name="node">Ours.</param>
/// <param name="boot">Drawn at the start of the process, never used before: keys depend on it.</param>
public sealed class TokenSealer(TokenKeys keys, string node, string boot)
{
    // Far below the 2^64 of the counter; at a million tokens a second nine years.
    private const ulong SequenceMax = 1UL << 48;

    private ulong _sequence;

    public string Node => node;

    public string Boot => boot;

    public TokenKeys Keys => keys;

    /// <summary>Seals what <c>Encode</c> of a token gave.</summary>
    /// <param name="callId">The call whose half it rebuilds.</param>
    /// <param name="epoch">Ours: nobody seals for another node.</param>
    /// <param name="content">At most <see cref="TokenLimits.PlainBytesMax"/>.</param>
    /// <param name="wall">Now.</param>
    public SealedToken Seal(string callId, Epoch epoch, ReadOnlySpan<byte> content, DateTimeOffset wall)
    {
        Invariant.Require(epoch.IsHeld && epoch.Node == node);
        Invariant.Require(TokenHeader.IsText(callId, TokenLimits.CallIdCharactersMax));
        Invariant.Require(TokenHeader.IsText(boot, TokenLimits.BootCharactersMax));
        Invariant.Require(content.Length <= TokenLimits.PlainBytesMax && _sequence < SequenceMax);

        var key = keys.SealingAt(wall);
        var header = new TokenHeader
        {
            Role = keys.Role,
            Generation = key.Generation,
            ExpiresAt = wall + TokenLimits.Lifetime,
            Stamp = new TokenStamp(epoch, ++_sequence),
            Boot = boot,
            Cluster = keys.Cluster,
            CallId = callId,
        };
        var bytes = new byte[TokenLimits.SealedBytesMax];
        var writer = new SpanWriter(bytes);
        header.Encode(ref writer);
        var headerBytes = writer.Position;
        var totalBytes = headerBytes + content.Length + TokenCipher.TagBytes;
        keys.CipherOf(key, node, boot)
            .Seal(_sequence, bytes.AsSpan(0, headerBytes), content, bytes.AsSpan(headerBytes));
        Invariant.Require(SealedToken.TryDecode(bytes.AsSpan(0, totalBytes), out var token, out _));
        return token;
    }
}
