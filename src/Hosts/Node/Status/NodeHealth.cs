namespace Farspan.Node;

/// <summary>Whether the node takes calls, and if not why.</summary>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reasons">Why it is not ready; empty if it is.</param>
/// <param name="Warnings">What is wrong although calls are taken, such as a full disk.</param>
public sealed record NodeHealth(
    NodeState State, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings)
{
    public bool IsReady => Reasons.Count == 0;

    /// <summary>When it makes sense to ask again; null while the node is ready.</summary>
    public int? RetryAfterSeconds { get; init; }
}
