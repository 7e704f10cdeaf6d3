using Farspan.Cluster;

namespace Farspan.Identity;

/// <summary>Roles as text: <c>connector</c>, <c>edge</c>, <c>connector+edge</c> or <c>witness</c>.</summary>
public static class RoleNames
{
    private const string Witness = "witness";
    private const string Edge = "edge";
    private const string Connector = "connector";

    public static string Write(ClusterRoles roles) => roles switch
    {
        ClusterRoles.None => Witness,
        ClusterRoles.Edge => Edge,
        ClusterRoles.Connector => Connector,
        _ => $"{Connector}+{Edge}",
    };

    /// <summary>Takes the names in any order, with <c>+</c> or <c>,</c> between them.</summary>
    public static bool TryParse(string text, out ClusterRoles roles)
    {
        roles = ClusterRoles.None;
        if (text == Witness)
        {
            return true;
        }

        foreach (var name in text.Split('+', ','))
        {
            var role = name switch
            {
                Edge => ClusterRoles.Edge,
                Connector => ClusterRoles.Connector,
                _ => ClusterRoles.None,
            };
            if (role == ClusterRoles.None || roles.HasFlag(role))
            {
                return false;
            }

            roles |= role;
        }

        return true;
    }
}
