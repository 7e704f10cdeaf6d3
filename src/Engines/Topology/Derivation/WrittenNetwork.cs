using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The network's sections as they are written, before anything is derived.</summary>
internal sealed record WrittenNetwork
{
    public required string Cluster { get; init; }

    public required Reading File { get; init; }

    public required ImmutableArray<Written> Regions { get; init; }

    public required ImmutableArray<Written> Carriers { get; init; }

    public required Written Addresses { get; init; }

    public required Written Google { get; init; }

    public required Written Aws { get; init; }

    public required Written Links { get; init; }

    public required Written CrossRegion { get; init; }

    public required Written Edges { get; init; }

    public required Written Connectors { get; init; }

    public required Written ContactCenters { get; init; }

    public required Written? Dns { get; init; }

    public required Written Monitoring { get; init; }

    public required Written Management { get; init; }

    public required Written Policies { get; init; }

    public required ImmutableArray<Written> Objectives { get; init; }

    /// <summary>Null if the file describes no network.</summary>
    public static WrittenNetwork? Of(SectionValues values, string cluster) =>
        values.FindNumber(NetworkSchema.Regions) is not { Length: > 0 } regions
            ? null
            : new WrittenNetwork
            {
                Cluster = cluster,
                File = values.Section,
                Regions = regions,
                Carriers = values.Get(NetworkSchema.Carriers),
                Addresses = values.Get(NetworkSchema.Addresses),
                Google = values.Get(NetworkSchema.Google),
                Aws = values.Get(NetworkSchema.Aws),
                Links = values.Get(NetworkSchema.Links),
                CrossRegion = values.Get(NetworkSchema.CrossRegion),
                Edges = values.Get(NetworkSchema.Edges),
                Connectors = values.Get(NetworkSchema.Connectors),
                ContactCenters = values.Get(NetworkSchema.ContactCenters),
                Dns = values.Find(NetworkSchema.Dns),
                Monitoring = values.Get(NetworkSchema.Monitoring),
                Management = values.Get(NetworkSchema.Management),
                Policies = values.Get(NetworkSchema.Policies),
                Objectives = values.Get(NetworkSchema.Objectives),
            };
}
