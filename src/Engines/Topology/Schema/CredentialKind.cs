namespace Farspan.Topology;

/// <summary>The words of <c>credentials.kind</c>.</summary>
internal enum CredentialKind
{
    DefaultChain,
    Environment,
    Profile,
    WebIdentity,
    Container,
    InstanceMetadata,
    AssumeRole,
    Static,
}
