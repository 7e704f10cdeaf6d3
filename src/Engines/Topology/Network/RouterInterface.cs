namespace Farspan.Topology;

/// <summary>An interface of a Cloud Router. Id <c>interface/us-east4/a1</c>.</summary>
public sealed record RouterInterface : NetworkElement
{
    public required string Router { get; init; }

    public required InterfaceAddress Address { get; init; }

    /// <summary>The VLAN attachment it stands on; null: a tunnel.</summary>
    public required string? Attachment { get; init; }

    /// <summary>The VPN tunnel it stands on; null: an attachment.</summary>
    public required string? Tunnel { get; init; }
}
