using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>Long-term credentials as signalling or configuration gives them (RFC 8489 §9.2).</summary>
public sealed record TurnCredentials(string Username, Redacted<string> Password);
