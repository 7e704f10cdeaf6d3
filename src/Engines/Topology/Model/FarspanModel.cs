using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// What <c>farspan.yaml</c> says, checked and with every default filled in: immutable, so that a changed file
/// is a new model. Made by <see cref="ConfigurationLoader"/>; the defaults are in the schema, nowhere else.
/// </summary>
public sealed record FarspanModel
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    public required NodeModel Node { get; init; }

    public required SipModel Sip { get; init; }

    public required MediaModel Media { get; init; }

    public required CallsModel Calls { get; init; }

    public required ConnectModel Connect { get; init; }

    /// <summary>In order: the first that matches decides.</summary>
    public required ImmutableArray<RouteModel> Routes { get; init; }

    /// <summary>For calls that no route takes; null: they are refused.</summary>
    public required RouteTargetModel? DefaultRoute { get; init; }

    public required AttributesModel Attributes { get; init; }

    /// <summary>Null: the node is no edge.</summary>
    public EdgeModel? Edge { get; init; }

    public required AdminModel Admin { get; init; }

    public required LoggingModel Logging { get; init; }

    /// <summary>The file that remembers open contacts over a restart.</summary>
    public required string JournalPath { get; init; }

    /// <summary>The network around the nodes; null if the file describes none.</summary>
    public Network? Network { get; init; }

    /// <summary>Findings of the network's rules that are known and accepted.</summary>
    public ImmutableArray<AcceptanceModel> Acceptances { get; init; } = [];
}
