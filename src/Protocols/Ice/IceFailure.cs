namespace Farspan.Ice;

/// <summary>Why an agent ended in <see cref="IceState.Failed"/>.</summary>
public enum IceFailure
{
    /// <summary>
    /// There was nothing to check: no candidate of the peer fits one of ours, and the peer sent no check.
    /// </summary>
    NoPairs,

    /// <summary>
    /// There were pairs, and none answered within <see cref="IceSettings.ConnectTimeout"/>.
    /// </summary>
    NoAnswer,
}
