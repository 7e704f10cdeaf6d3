namespace Farspan.Topology;

/// <summary>What a finding means for the file.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Note,

    /// <summary>The file is in force, and does something that was hardly meant.</summary>
    Warning,

    /// <summary>The file is refused; what was in force stays.</summary>
    Error,
}
