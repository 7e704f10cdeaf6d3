using Farspan.Amazon;
using Farspan.Kernel;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>Makes the source of AWS credentials that the configuration names for an instance.</summary>
internal static class CredentialSources
{
    /// <exception cref="NodeStartException">A secret is not where the configuration says.</exception>
    public static ICredentialSource Create(InstanceModel instance, HttpClient http, TimeProvider clock)
    {
        var environment = AwsEnvironment.OfProcess;
        var chain = CredentialChain.CreateDefault(environment, http, instance.Region, clock);
        var endpoint = environment["AWS_ENDPOINT_URL_STS"] is { } url ? new Uri(url) : null;
        var sts = new StsClient(http, instance.Region, endpoint, clock);
        return instance.Credentials switch
        {
            CredentialsModel.DefaultChain => chain,
            CredentialsModel.EnvironmentVariables => new EnvironmentCredentialSource(environment),
            CredentialsModel.Profile profile => CreateProfile(profile, environment, http, sts),
            CredentialsModel.WebIdentity identity =>
                new WebIdentityCredentialSource(Override(environment, identity), sts),
            CredentialsModel.Container => new ContainerCredentialSource(environment, http),
            CredentialsModel.InstanceMetadata => new InstanceMetadataCredentialSource(environment, http),
            CredentialsModel.AssumeRole role => new RoleCredentialSource(
                new CredentialCache(chain, clock), sts, new AssumedRole(
                    role.RoleArn, role.SessionName, role.ExternalId)),
            CredentialsModel.Static keys => new StaticCredentialSource(Read(keys, instance.Name)),
            _ => throw Invariant.Unreachable(instance.Credentials),
        };
    }

    private static AwsCredentials Read(CredentialsModel.Static keys, string instance)
    {
        var place = $"credentials of the instance {instance}";
        return new AwsCredentials(
            keys.AccessKeyId,
            Secrets.Fetch(keys.SecretAccessKey, place),
            keys.SessionToken is { } token ? Secrets.Fetch(token, place) : null);
    }

    private static ProfileCredentialSource CreateProfile(
        CredentialsModel.Profile profile, AwsEnvironment environment, HttpClient http, StsClient sts)
    {
        var named = new AwsEnvironment(name => name == "AWS_PROFILE" ? profile.Name : environment[name]);
        var sources = new Dictionary<string, ICredentialSource>(StringComparer.Ordinal)
        {
            ["Environment"] = new EnvironmentCredentialSource(environment),
            ["EcsContainer"] = new ContainerCredentialSource(environment, http),
            ["Ec2InstanceMetadata"] = new InstanceMetadataCredentialSource(environment, http),
        };
        return new ProfileCredentialSource(
            named, sts, new SsoClient(named, http, TimeProvider.System), sources);
    }

    private static AwsEnvironment Override(
        AwsEnvironment environment, CredentialsModel.WebIdentity identity) =>
        new(name => name switch
        {
            "AWS_WEB_IDENTITY_TOKEN_FILE" => identity.TokenPath ?? environment[name],
            "AWS_ROLE_ARN" => identity.RoleArn ?? environment[name],
            "AWS_ROLE_SESSION_NAME" => identity.SessionName ?? environment[name],
            _ => environment[name],
        });
}
