using Farspan.Amazon;

namespace Farspan.Node;

/// <summary>A role taken with the credentials of another source (AWS STS API Reference, AssumeRole).</summary>
internal sealed class RoleCredentialSource(CredentialCache signer, StsClient sts, AssumedRole role) : ICredentialSource
{
    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation) =>
        await signer.GetAsync(cancellation).ConfigureAwait(false) switch
        {
            CredentialOutcome.Found found =>
                await sts.AssumeRoleAsync(role, found.Credentials, cancellation).ConfigureAwait(false),
            CredentialOutcome.Absent =>
                new CredentialOutcome.Failed($"no credentials to take the role {role.Arn} with"),
            var failed => failed,
        };
}
