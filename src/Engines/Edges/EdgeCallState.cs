namespace Farspan.Edges;

/// <summary>The states of <see cref="EdgeCall"/>.</summary>
public enum EdgeCallState
{
    /// <summary>Media ports are being allocated.</summary>
    Opening,

    /// <summary>A connector is being found; the caller hears what it says.</summary>
    Distributing,

    /// <summary>Answered: audio flows, or comfort audio while the connector is replaced.</summary>
    Talking,

    /// <summary>Over for both sides; what is left is being cleared away.</summary>
    Closing,
}
