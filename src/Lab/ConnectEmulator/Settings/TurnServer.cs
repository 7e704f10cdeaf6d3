namespace Farspan.ConnectEmulator;

/// <summary>A TURN server with long-term credentials (RFC 8489 §9.2), as JOIN_ACK hands it out.</summary>
public sealed record TurnServer(IReadOnlyList<string> Uris, string Username, string Password)
{
    public TimeSpan Ttl { get; init; } = TimeSpan.FromHours(1);
}
