using System.Diagnostics.CodeAnalysis;

namespace Farspan.Cluster;

/// <summary>
/// Opens the tokens of one role, whichever node of the cluster has sealed them; says of every other what is wrong with
/// it (decision 0015).
/// </summary>
public sealed class TokenOpener(TokenKeys keys)
{
    /// <summary>Opens a token that is to rebuild a half of a given call.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="callId">The call that the message around it speaks of.</param>
    /// <param name="newest">The newest token of that half that was seen; null if none was.</param>
    /// <param name="wall">Now.</param>
    /// <param name="content">For <c>TryDecode</c> of the token's type.</param>
    /// <param name="error">Why not.</param>
    public bool TryOpen(
        SealedToken token,
        string callId,
        TokenStamp? newest,
        DateTimeOffset wall,
        [NotNullWhen(true)] out byte[]? content,
        out TokenError error)
    {
        content = null;
        var header = token.Header;
        error = header.Role != keys.Role ? TokenError.WrongRole
            : header.Cluster != keys.Cluster ? TokenError.ForeignCluster
            : header.CallId != callId ? TokenError.WrongCall
            : Unseal(token, wall, out content);
        if (error != TokenError.None)
        {
            return false;
        }

        // Judged only now: of a token that is not genuine, no time and no order is believed.
        error = header.ExpiresAt <= wall ? TokenError.Expired
            : newest is { } last && header.Stamp < last ? TokenError.Replayed
            : TokenError.None;
        content = error == TokenError.None ? content : null;
        return content is not null;
    }

    private TokenError Unseal(SealedToken token, DateTimeOffset wall, out byte[]? content)
    {
        content = null;
        var header = token.Header;
        var bytes = token.Bytes.Span;
        if (!keys.TryFind(header.Generation, header.Stamp.Epoch.Node, header.Boot, wall, out var cipher))
        {
            return TokenError.UnknownGeneration;
        }

        var text = new byte[bytes.Length - token.HeaderBytes - TokenCipher.TagBytes];
        var associated = bytes[..token.HeaderBytes];
        if (!cipher.TryOpen(header.Stamp.Sequence, associated, bytes[token.HeaderBytes..], text))
        {
            return TokenError.Forged;
        }

        content = text;
        return TokenError.None;
    }
}
