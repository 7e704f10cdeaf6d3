namespace Farspan.Topology;

/// <summary>A transit virtual interface of Direct Connect. Id <c>vif/us-east-1/a1</c>.</summary>
public sealed record VirtualInterface : NetworkElement
{
    public required string Connection { get; init; }

    public required string DirectConnectGateway { get; init; }

    public required int Vlan { get; init; }

    /// <summary>1500 or 8500 bytes.</summary>
    public required int Mtu { get; init; }

    public required InterfaceAddress AmazonAddress { get; init; }

    public required InterfaceAddress CustomerAddress { get; init; }

    /// <summary>The number AWS expects of the other end.</summary>
    public required uint? CustomerAsn { get; init; }

    /// <summary>Null: AWS draws one.</summary>
    public required SecretReference? Md5Key { get; init; }
}
