namespace Farspan.Amazon;

/// <summary>A role to take (AWS STS API Reference, AssumeRole).</summary>
/// <param name="Arn">The role.</param>
/// <param name="SessionName">Appears in CloudTrail; null means "farspan".</param>
/// <param name="ExternalId">What the role's owner asks for; null for none.</param>
public sealed record AssumedRole(string Arn, string? SessionName = null, string? ExternalId = null);
