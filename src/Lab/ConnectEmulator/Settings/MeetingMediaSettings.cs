using System.Net;

namespace Farspan.ConnectEmulator;

/// <summary>How <see cref="MeetingMedia"/> works; read at start only.</summary>
public sealed record MeetingMediaSettings
{
    private const int MaxAddresses = 8;
    private const int MaxWorkers = 64;

    /// <summary>
    /// The addresses that answers name as host candidates, best first; empty names those of this machine,
    /// loopback last (browsers make no use of loopback alone).
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Threads that carry media; one carries some hundred calls.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>A connection from which nothing has come for so long is reported as lost.</summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Says what is wrong with the settings; null if nothing is.</summary>
    public string? FindFault()
    {
        if (Addresses.Count > MaxAddresses || !Addresses.All(address => IPAddress.TryParse(address, out _)))
        {
            return $"media.addresses: at most {MaxAddresses} IP addresses";
        }

        if (Workers is < 1 or > MaxWorkers)
        {
            return $"media.workers: 1 to {MaxWorkers}";
        }

        return LostAfter > TimeSpan.Zero ? null : "media.lostAfter: must be positive";
    }
}
