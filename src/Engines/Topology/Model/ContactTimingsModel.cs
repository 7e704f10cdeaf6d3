namespace Farspan.Topology;

/// <summary>How long the steps towards a contact may take, and how they are repeated.</summary>
public sealed record ContactTimingsModel
{
    /// <summary>One request to Amazon Connect.</summary>
    public required TimeSpan Request { get; init; }

    /// <summary>Mean wait before the first repeat; it doubles.</summary>
    public required TimeSpan BackOffFirst { get; init; }

    /// <summary>Longest mean wait between two attempts.</summary>
    public required TimeSpan BackOffMax { get; init; }

    /// <summary>How long a contact that nobody wants is pursued.</summary>
    public required TimeSpan SettleLimit { get; init; }

    /// <summary>Finding our own candidates, TURN included.</summary>
    public required TimeSpan Gather { get; init; }

    /// <summary>From the answer until media flows.</summary>
    public required TimeSpan Connect { get; init; }

    /// <summary>From the loss of a connected leg until it is given up.</summary>
    public required TimeSpan Rejoin { get; init; }
}
