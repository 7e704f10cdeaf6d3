namespace Farspan.Topology;

/// <summary>
/// How large a configuration may be: far beyond any real one, small enough to be read at once.
/// </summary>
public static class TopologyLimits
{
    /// <summary>Bytes of the file.</summary>
    public const int FileBytesMax = 10 * 1024 * 1024;

    /// <summary>Mappings and lists inside one another.</summary>
    public const int DepthMax = 32;

    /// <summary>Nodes after all aliases are replaced by what they stand for.</summary>
    public const int NodesMax = 200_000;

    /// <summary>Findings of one load; what comes after them is not told.</summary>
    public const int FindingsMax = 200;

    /// <summary>Regions of a network; peerings grow with their square.</summary>
    public const int RegionsMax = 64;

    /// <summary>Links of one region.</summary>
    public const int LinksOfRegionMax = 16;

    /// <summary>Carriers of a network.</summary>
    public const int CarriersMax = 1_000;

    /// <summary>Route tables of one transit gateway.</summary>
    public const int TransitTablesMax = 100;

    /// <summary>Characters of one text value.</summary>
    public const int TextLengthMax = 4_096;

    /// <summary>Characters of a name that other parts of the file refer to.</summary>
    public const int NameLengthMax = 64;
}
