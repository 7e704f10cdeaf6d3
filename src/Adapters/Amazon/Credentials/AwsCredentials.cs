using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>What signs requests to AWS.</summary>
/// <param name="AccessKeyId">Public; appears in every signature.</param>
/// <param name="SecretAccessKey">Never leaves the process.</param>
/// <param name="SessionToken">Null for long-term credentials.</param>
/// <param name="Expiration">Wall-clock time; null if they do not expire.</param>
public sealed record AwsCredentials(
    string AccessKeyId,
    Redacted<string> SecretAccessKey,
    Redacted<string>? SessionToken = null,
    DateTimeOffset? Expiration = null);
