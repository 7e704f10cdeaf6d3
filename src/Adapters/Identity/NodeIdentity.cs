using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Cluster;

namespace Farspan.Identity;

/// <summary>
/// Who a node is, as its certificate says: a URI in the subject alternative name (RFC 5280 §4.2.1.6) such as
/// <c>farspan://production/eu/node-1/connector+edge</c>.
/// </summary>
/// <param name="Cluster">See <see cref="ClusterName"/>.</param>
/// <param name="Region">Likewise.</param>
/// <param name="Node">Likewise.</param>
/// <param name="Roles">What it may be; <c>witness</c> if nothing.</param>
public sealed record NodeIdentity(string Cluster, string Region, string Node, ClusterRoles Roles)
{
    private const string AlternativeNames = "2.5.29.17";
    private const string Prefix = "farspan://";

    // GeneralName ::= CHOICE { ..., uniformResourceIdentifier [6] IA5String, ... }
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    public override string ToString() => $"{Prefix}{Cluster}/{Region}/{Node}/{RoleNames.Write(Roles)}";

    public static bool TryParse(string uri, [NotNullWhen(true)] out NodeIdentity? identity)
    {
        identity = null;
        if (uri.StartsWith(Prefix, StringComparison.Ordinal)
            && uri[Prefix.Length..].Split('/') is [var cluster, var region, var node, var names]
            && ClusterName.IsValid(cluster)
            && ClusterName.IsValid(region)
            && ClusterName.IsValid(node)
            && RoleNames.TryParse(names, out var roles))
        {
            identity = new NodeIdentity(cluster, region, node, roles);
        }

        return identity is not null;
    }

    /// <summary>Reads it from a certificate, which is not verified by that.</summary>
    public static bool TryRead(X509Certificate2 certificate, [NotNullWhen(true)] out NodeIdentity? identity)
    {
        identity = null;
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == AlternativeNames)
            {
                return TryRead(extension.RawData, out identity);
            }
        }

        return false;
    }

    private static bool TryRead(byte[] alternativeNames, [NotNullWhen(true)] out NodeIdentity? identity)
    {
        identity = null;
        try
        {
            var names = new AsnReader(alternativeNames, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData && identity is null)
            {
                if (names.PeekTag().HasSameClassAndValue(UriTag))
                {
                    var uri = names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag);
                    _ = TryParse(uri, out identity);
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            return false; // A stranger's certificate may hold anything.
        }

        return identity is not null;
    }
}
