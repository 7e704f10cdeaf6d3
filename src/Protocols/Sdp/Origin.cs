namespace Farspan.Sdp;

/// <summary>
/// The o= line (RFC 8866 §5.2): who made the description, and which version of it this is.
/// </summary>
/// <param name="UserName">"-" when there is none.</param>
/// <param name="SessionId">A number as text: peers exist whose numbers exceed 64 bits.</param>
/// <param name="SessionVersion">Grows by one with each change (RFC 3264 §8).</param>
/// <param name="Address">The maker's address; nothing is ever sent there.</param>
public sealed record Origin(string UserName, string SessionId, ulong SessionVersion, ConnectionData Address)
{
    public Origin NextVersion() => this with { SessionVersion = SessionVersion + 1 };
}
