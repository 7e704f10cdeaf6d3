namespace Farspan.Edges;

/// <summary>What is known of a connector.</summary>
public enum TargetHealth
{
    /// <summary>Nobody has asked it yet: it may get calls.</summary>
    Unknown,

    /// <summary>It answers and takes calls.</summary>
    Up,

    /// <summary>It answers, and takes no new calls: draining, full, or without Connect.</summary>
    Refusing,

    /// <summary>It does not answer. Its calls go on until it counts as dead.</summary>
    Silent,

    /// <summary>It is gone: its calls are taken over.</summary>
    Dead,
}
