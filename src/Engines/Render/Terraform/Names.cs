using System.Net;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>What elements are called in Terraform: short, and the same as long as their ids are.</summary>
internal static class Names
{
    /// <summary>
    /// The name inside of the region's module: <c>bgp/us-east4/a1</c> is <c>a1</c>, <c>router/us-east4</c> is
    /// <c>main</c>.
    /// </summary>
    public static string Local(string id)
    {
        var parts = id.Split('/', 3);
        return parts.Length < 3 ? "main"
            : char.IsAsciiDigit(parts[2][0]) ? Hcl.Identifier($"{parts[0]}_{parts[2]}")
            : Hcl.Identifier(parts[2]);
    }

    public static string Local(NetworkElement element) => Local(element.Id);

    /// <summary>The name where elements of several regions stand side by side.</summary>
    public static string Global(string id) => Hcl.Identifier(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    /// <summary>The beginning of names that no element has of its own.</summary>
    public static string Prefix(Network network)
    {
        var prefix = network.Policies.NamePrefix.TrimEnd('-');
        return prefix.Length > 0 ? prefix + "-" : "";
    }

    /// <summary>Words of a name in capitals, apart: <c>ThrottledCalls</c> is <c>throttled_calls</c>.</summary>
    public static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? $"_{c}" : $"{c}")).ToLowerInvariant();

    public static string Range(IPNetwork range) => Hcl.Identifier(range.ToString()).TrimStart('_');

    /// <summary>The variable a secret comes in by; the same secret is the same variable.</summary>
    public static string Secret(SecretReference secret) => secret switch
    {
        SecretReference.Variable variable => Hcl.Identifier(variable.Name),
        SecretReference.InFile file => Hcl.Identifier(System.IO.Path.GetFileNameWithoutExtension(file.Path)),
        _ => "literal_secret",
    };

    public static string Provider(string cloudRegion) => Hcl.Identifier(cloudRegion);

    public static string GoogleModule(Region region) => Hcl.Identifier(region.Name) + "_google";

    public static string LinksModule(Region region) => Hcl.Identifier(region.Name) + "_links";

    public static string AwsModule(Region region) => Hcl.Identifier(region.Name) + "_aws";
}
