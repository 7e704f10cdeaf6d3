namespace Farspan.Cluster;

/// <summary>What a key of the cluster is for. Who does not need it does not get it.</summary>
public enum KeyPurpose
{
    /// <summary>Seals what rebuilds a contact leg. Only connectors can open it.</summary>
    ResumeToken,

    /// <summary>Seals what rebuilds a caller leg. Only edges can open it.</summary>
    CallerToken,

    /// <summary>Seals life signs between nodes with calls.</summary>
    Heartbeat,
}
