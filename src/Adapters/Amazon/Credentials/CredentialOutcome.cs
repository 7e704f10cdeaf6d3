namespace Farspan.Amazon;

/// <summary>What one source of credentials has to say.</summary>
public abstract record CredentialOutcome
{
    private CredentialOutcome()
    {
    }

    /// <summary>Use these.</summary>
    public sealed record Found(AwsCredentials Credentials) : CredentialOutcome;

    /// <summary>The source is not configured here; ask the next one.</summary>
    public sealed record Absent : CredentialOutcome;

    /// <summary>The source is configured and does not work; asking another one would hide that.</summary>
    public sealed record Failed(string Reason) : CredentialOutcome;
}
