namespace Farspan.Edges;

/// <summary>What a probe found out that is news.</summary>
public enum ProbeEvent
{
    /// <summary>The health of the connector has changed.</summary>
    HealthChanged,

    /// <summary>The connector is dead: its calls are to be taken over.</summary>
    Died,
}
