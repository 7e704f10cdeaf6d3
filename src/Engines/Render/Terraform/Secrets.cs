using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Secrets as Terraform gets them: by variables, never as values in a file.</summary>
internal static class Secrets
{
    public static HclValue Md5(this TerraformModule module, SecretReference secret) =>
        module.Secret(Names.Secret(secret), "The key that both ends of a BGP session know (TCP MD5, RFC 2385).");

    public static HclValue PreSharedKey(this TerraformModule module, SecretReference secret) =>
        module.Secret(Names.Secret(secret), "The pre-shared key of a VPN tunnel: 8 to 64 characters, not 0 first.");

    /// <summary>Every secret of the network, once, with the name of its variable.</summary>
    public static IReadOnlyList<string> Of(Network network) =>
        [.. network.Sessions.Select(s => s.Md5Key)
            .Concat(network.VirtualInterfaces.Select(v => v.Md5Key))
            .Concat(network.Tunnels.Select(t => t.SharedSecret))
            .OfType<SecretReference>()
            .Select(Names.Secret)
            .Distinct()];
}
