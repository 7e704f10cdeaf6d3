namespace Farspan.Topology;

/// <summary>Where the credentials for AWS come from.</summary>
public abstract record CredentialsModel
{
    private CredentialsModel()
    {
    }

    /// <summary>
    /// The order of AWS's own tools: environment, web identity, profile, container, instance.
    /// </summary>
    public sealed record DefaultChain : CredentialsModel;

    /// <summary>AWS_ACCESS_KEY_ID and its companions.</summary>
    public sealed record EnvironmentVariables : CredentialsModel;

    /// <summary>A profile of the shared credentials and config files.</summary>
    public sealed record Profile(string Name) : CredentialsModel;

    /// <summary>A role taken with a token file; null: what the environment says, as in EKS.</summary>
    public sealed record WebIdentity(string? TokenPath, string? RoleArn, string? SessionName)
        : CredentialsModel;

    /// <summary>The agent of ECS or EKS.</summary>
    public sealed record Container : CredentialsModel;

    /// <summary>The instance metadata service of EC2.</summary>
    public sealed record InstanceMetadata : CredentialsModel;

    /// <summary>A role taken with the default chain's credentials.</summary>
    public sealed record AssumeRole(string RoleArn, string? SessionName, string? ExternalId)
        : CredentialsModel;

    /// <summary>Keys that the file refers to.</summary>
    public sealed record Static(
        string AccessKeyId, SecretReference SecretAccessKey, SecretReference? SessionToken)
        : CredentialsModel;
}
