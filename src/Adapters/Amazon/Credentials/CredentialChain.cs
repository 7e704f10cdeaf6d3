namespace Farspan.Amazon;

/// <summary>Asks sources in turn; the first that is configured decides, for good or ill.</summary>
public sealed class CredentialChain(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    /// <summary>
    /// The order of AWS's own tools: environment, web identity, profile, container, instance. The endpoint
    /// of STS can be changed with AWS_ENDPOINT_URL_STS.
    /// </summary>
    public static CredentialChain CreateDefault(
        AwsEnvironment environment, HttpClient http, string region, TimeProvider clock)
    {
        var stsEndpoint = environment["AWS_ENDPOINT_URL_STS"] is { } url ? new Uri(url) : null;
        var sts = new StsClient(http, region, stsEndpoint, clock);
        var variables = new EnvironmentCredentialSource(environment);
        var container = new ContainerCredentialSource(environment, http);
        var instance = new InstanceMetadataCredentialSource(environment, http);
        var namedSources = new Dictionary<string, ICredentialSource>(StringComparer.Ordinal)
        {
            ["Environment"] = variables,
            ["EcsContainer"] = container,
            ["Ec2InstanceMetadata"] = instance,
        };
        return new CredentialChain(
        [
            variables,
            new WebIdentityCredentialSource(environment, sts),
            new ProfileCredentialSource(
                environment, sts, new SsoClient(environment, http, clock), namedSources),
            container,
            instance,
        ]);
    }

    public async Task<CredentialOutcome> LoadAsync(CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            var outcome = await source.LoadAsync(cancellation).ConfigureAwait(false);
            if (outcome is not CredentialOutcome.Absent)
            {
                return outcome;
            }
        }

        return new CredentialOutcome.Absent();
    }
}
