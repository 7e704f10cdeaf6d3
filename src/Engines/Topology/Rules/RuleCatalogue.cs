using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Every rule there is: of the file, of acceptances, of the network.</summary>
public static class RuleCatalogue
{
    /// <summary>Letters before the number, and what rules of the family are about.</summary>
    public static ImmutableArray<(string Family, string About)> Families { get; } =
    [
        ("CFG", "The file"),
        ("ACC", "Acceptances"),
        ("ADR", "Addresses"),
        ("BGP", "BGP"),
        ("LNK", "Links between the clouds"),
        ("TGW", "Transit gateways"),
        ("VPC", "Networks and firewalls"),
        ("LBH", "Load balancers and health checks"),
        ("SIP", "Carriers"),
        ("MED", "Audio"),
        ("TLS", "Keys and certificates"),
        ("CAP", "Capacity"),
        ("CON", "Amazon Connect"),
        ("DNS", "Names"),
        ("MON", "Monitoring"),
        ("MGT", "Management"),
    ];

    public static ImmutableArray<FindingRule> All { get; } =
        [.. FindingRules.All, .. AcceptanceRules.All, .. NetworkRules.All];

    /// <summary>The rule with this id, in whatever case; null if there is none.</summary>
    public static FindingRule? Find(string id) =>
        All.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The id that was meant, for "did you mean"; null if none is near.</summary>
    public static string? Nearest(string id) => Spelling.Nearest(id, All.Select(rule => rule.Id));
}
