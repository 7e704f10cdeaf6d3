namespace Farspan.LabRun;

/// <summary>Where the parts of a running lab are reached.</summary>
public sealed record LabAddresses
{
    /// <summary>What to call.</summary>
    public required string Sip { get; init; }

    public required string SipTls { get; init; }

    /// <summary>A page on which a person is the agent.</summary>
    public required string AgentPage { get; init; }

    /// <summary>The connector's administration API.</summary>
    public required string Admin { get; init; }

    public required string AdminUser { get; init; }

    /// <summary>Where its password is.</summary>
    public required string AdminPasswordFile { get; init; }

    /// <summary>The Connect emulator.</summary>
    public required string Connect { get; init; }

    /// <summary>Prometheus metrics of the connector.</summary>
    public required string Metrics { get; init; }

    /// <summary>Configuration and logs; only this user may read it.</summary>
    public required string Folder { get; init; }

    /// <summary>What is not as usual, such as ports that were taken.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
