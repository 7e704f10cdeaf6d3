namespace Farspan.Amazon;

/// <summary>Credentials that the configuration names, such as those of an emulator.</summary>
public sealed class StaticCredentialSource(AwsCredentials credentials) : ICredentialSource
{
    public Task<CredentialOutcome> LoadAsync(CancellationToken cancellation) =>
        Task.FromResult<CredentialOutcome>(new CredentialOutcome.Found(credentials));
}
