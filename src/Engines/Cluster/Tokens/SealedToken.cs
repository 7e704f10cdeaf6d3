using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// A token as it travels and is kept: readable header, sealed content. Whoever cannot open it passes it on as it is
/// (decision 0015).
/// </summary>
public sealed record SealedToken
{
    private SealedToken(TokenHeader header, ReadOnlyMemory<byte> bytes, int headerBytes)
    {
        Header = header;
        Bytes = bytes;
        HeaderBytes = headerBytes;
    }

    /// <summary>True only if the seal is: see <see cref="TokenOpener"/>.</summary>
    public TokenHeader Header { get; }

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal int HeaderBytes { get; }

    /// <summary>Looks at the form of a token, not at its seal. The bytes are copied.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SealedToken? token, out TokenError error)
    {
        token = null;
        if (bytes.Length > TokenLimits.SealedBytesMax)
        {
            error = TokenError.TooLarge;
            return false;
        }

        var reader = new SpanReader(bytes);
        if (!TokenHeader.TryDecode(ref reader, out var header, out error))
        {
            return false;
        }

        if (reader.Remaining < TokenCipher.TagBytes)
        {
            error = TokenError.Malformed;
            return false;
        }

        token = new SealedToken(header, bytes.ToArray(), reader.Position);
        return true;
    }

    /// <summary>Secrets are in it, though sealed: it is not printed.</summary>
    public override string ToString() =>
        $"[{Header.Role} token of {Header.CallId}, {Header.Stamp.Epoch}, {Bytes.Length} bytes]";
}
