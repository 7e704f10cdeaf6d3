namespace Farspan.Amazon;

/// <summary>What a server finds in a signed request.</summary>
public enum SigV4Verdict
{
    Valid,

    /// <summary>No Authorization header.</summary>
    Missing,

    /// <summary>The header, the date or the scope is not of the form that AWS defines.</summary>
    Malformed,

    /// <summary>The scope names another region, service or day.</summary>
    WrongScope,

    /// <summary>More than <see cref="SigV4Verifier.MaxSkew"/> away from the server's clock.</summary>
    Expired,
    UnknownAccessKey,

    /// <summary>A session token is missing, superfluous or another one.</summary>
    WrongToken,

    /// <summary>The host or the date is not among the signed headers.</summary>
    UnsignedHeader,
    WrongSignature,
}
