namespace Farspan.Ice;

/// <summary>What the peer's offer or answer says about ICE (RFC 8839 §5).</summary>
/// <param name="Credentials">Its user name fragment and password.</param>
/// <param name="Candidates">Those that we could read; the rest is learned from its checks.</param>
/// <param name="IsLite">It only answers checks; we control (RFC 8445 §6.1.1).</param>
public sealed record IceRemoteDescription(
    IceCredentials Credentials,
    IReadOnlyList<IceCandidate> Candidates,
    bool IsLite = false);
