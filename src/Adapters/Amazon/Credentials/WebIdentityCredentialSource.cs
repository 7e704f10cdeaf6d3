namespace Farspan.Amazon;

/// <summary>
/// A role taken with a token file that something else keeps fresh, as in EKS: AWS_WEB_IDENTITY_TOKEN_FILE,
/// AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME.
/// </summary>
public sealed class WebIdentityCredentialSource(AwsEnvironment environment, StsClient sts) : ICredentialSource
{
    public Task<CredentialOutcome> LoadAsync(CancellationToken cancellation) =>
        environment["AWS_WEB_IDENTITY_TOKEN_FILE"] is { } file && environment["AWS_ROLE_ARN"] is { } role
            ? LoadAsync(file, new AssumedRole(role, environment["AWS_ROLE_SESSION_NAME"]), sts, cancellation)
            : Task.FromResult<CredentialOutcome>(new CredentialOutcome.Absent());

    internal static async Task<CredentialOutcome> LoadAsync(
        string tokenFile, AssumedRole role, StsClient sts, CancellationToken cancellation) =>
        AwsEnvironment.ReadFile(tokenFile) is { Length: > 0 } token
            ? await sts.AssumeRoleWithWebIdentityAsync(role, token, cancellation).ConfigureAwait(false)
            : new CredentialOutcome.Failed($"web identity token file {tokenFile} is not readable");
}
