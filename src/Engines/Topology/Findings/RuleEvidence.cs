namespace Farspan.Topology;

/// <summary>What a rule is decided by.</summary>
public enum RuleEvidence
{
    /// <summary>The configuration file: <c>farspan check</c> decides it.</summary>
    File,

    /// <summary>A Terraform plan: what would change, seen from what is there now.</summary>
    Plan,

    /// <summary>The running clouds: their answers, not the file, say whether it holds.</summary>
    Cloud,

    /// <summary>
    /// Farspan itself: what it renders and how it behaves keep the rule, and the file cannot say otherwise.
    /// </summary>
    Construction,
}
