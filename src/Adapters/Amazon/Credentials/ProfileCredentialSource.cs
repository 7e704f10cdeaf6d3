using Farspan.Kernel;

namespace Farspan.Amazon;

/// <summary>
/// A profile of the shared files: a role taken with <c>source_profile</c>, <c>credential_source</c> or
/// <c>web_identity_token_file</c>, IAM Identity Center, static keys, or <c>credential_process</c>.
/// </summary>
/// <param name="environment">Names the profile and the files.</param>
/// <param name="sts">Takes the roles.</param>
/// <param name="sso">Asks IAM Identity Center.</param>
/// <param name="namedSources">What <c>credential_source</c> may name, such as
/// <c>Ec2InstanceMetadata</c>.</param>
public sealed class ProfileCredentialSource(
    AwsEnvironment environment,
    StsClient sts,
    SsoClient sso,
    IReadOnlyDictionary<string, ICredentialSource> namedSources) : ICredentialSource
{
    /// <summary>Roles taken by roles, and an end to circles.</summary>
    private const int MaxChainLength = 5;

    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation)
    {
        var file = ProfileFile.Load(environment);
        return file.Find(environment.Profile) is null && environment["AWS_PROFILE"] is null
            ? new CredentialOutcome.Absent()
            : await LoadAsync(file, environment.Profile, 0, cancellation).ConfigureAwait(false);
    }

    private static CredentialOutcome.Failed Fail(string profile, string reason) =>
        new($"profile {profile}: {reason}");

    private async Task<CredentialOutcome> LoadAsync(
        ProfileFile file, string name, int depth, CancellationToken cancellation)
    {
        if (depth == MaxChainLength)
        {
            return Fail(name, "its source_profile chain is too long or a circle");
        }

        if (file.Find(name) is not { } profile)
        {
            return Fail(name, "does not exist");
        }

        // A profile that names itself as its source means its own static keys.
        var isOwnSource = depth > 0 && profile.GetValueOrDefault("source_profile") == name;
        return profile.TryGetValue("role_arn", out var role) && !isOwnSource
            ? await AssumeAsync(file, name, role, depth, cancellation).ConfigureAwait(false)
            : await LoadOwnAsync(file, name, depth, cancellation).ConfigureAwait(false);
    }

    // What the profile itself has, in the order of AWS's own tools.
    private Task<CredentialOutcome> LoadOwnAsync(
        ProfileFile file, string name, int depth, CancellationToken cancellation)
    {
        var profile = file.Find(name)!;
        var sessionName = profile.GetValueOrDefault("sso_session");
        if (sessionName is not null || profile.ContainsKey("sso_start_url"))
        {
            var session = sessionName is null ? profile : file.Find($"sso-session {sessionName}");
            return session is null
                ? Task.FromResult<CredentialOutcome>(
                    Fail(name, $"the section sso-session {sessionName} does not exist"))
                : sso.LoadAsync(profile, session, sessionName, cancellation);
        }

        return !profile.ContainsKey("aws_access_key_id")
            && profile.TryGetValue("credential_process", out var command)
                ? CredentialProcess.RunAsync(name, command, cancellation)
                : Task.FromResult(ReadStatic(name, profile, depth));
    }

    private async Task<CredentialOutcome> AssumeAsync(
        ProfileFile file, string name, string roleArn, int depth, CancellationToken cancellation)
    {
        var profile = file.Find(name)!;
        var role = new AssumedRole(
            roleArn,
            profile.GetValueOrDefault("role_session_name"),
            profile.GetValueOrDefault("external_id"));
        if (profile.TryGetValue("web_identity_token_file", out var tokenFile))
        {
            return await WebIdentityCredentialSource.LoadAsync(tokenFile, role, sts, cancellation)
                .ConfigureAwait(false);
        }

        var source = profile.TryGetValue("source_profile", out var sourceProfile)
            ? await LoadAsync(file, sourceProfile, depth + 1, cancellation).ConfigureAwait(false)
            : await LoadNamedAsync(name, profile.GetValueOrDefault("credential_source"), cancellation)
                .ConfigureAwait(false);
        return source is CredentialOutcome.Found found
            ? await sts.AssumeRoleAsync(role, found.Credentials, cancellation).ConfigureAwait(false)
            : source;
    }

    private async Task<CredentialOutcome> LoadNamedAsync(
        string profile, string? sourceName, CancellationToken cancellation)
    {
        if (sourceName is null || !namedSources.TryGetValue(sourceName, out var source))
        {
            return Fail(
                profile, $"role_arn without a usable source_profile or credential_source ({sourceName})");
        }

        return await source.LoadAsync(cancellation).ConfigureAwait(false) is var outcome
            and not CredentialOutcome.Absent
            ? outcome
            : Fail(profile, $"credential_source {sourceName} has nothing");
    }

    private static CredentialOutcome ReadStatic(
        string name, IReadOnlyDictionary<string, string> profile, int depth)
    {
        if (profile.TryGetValue("aws_access_key_id", out var id)
            && profile.TryGetValue("aws_secret_access_key", out var secret))
        {
            Redacted<string>? token = profile.TryGetValue("aws_session_token", out var text)
                ? new Redacted<string>(text)
                : null;
            return new CredentialOutcome.Found(new AwsCredentials(id, new Redacted<string>(secret), token));
        }

        // The default profile often holds only a region.
        return depth == 0 && name == "default"
            ? new CredentialOutcome.Absent()
            : Fail(name, "holds no credentials");
    }
}
