using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.</summary>
public sealed class EnvironmentCredentialSource(AwsEnvironment environment) : ICredentialSource
{
    public Task<CredentialOutcome> LoadAsync(CancellationToken cancellation) => Task.FromResult(Load());

    private CredentialOutcome Load()
    {
        if (environment["AWS_ACCESS_KEY_ID"] is not { } accessKeyId
            || environment["AWS_SECRET_ACCESS_KEY"] is not { } secret)
        {
            return new CredentialOutcome.Absent();
        }

        Redacted<string>? token = environment["AWS_SESSION_TOKEN"] is { } text
            ? new Redacted<string>(text)
            : null;
        return new CredentialOutcome.Found(
            new AwsCredentials(accessKeyId, new Redacted<string>(secret), token));
    }
}
