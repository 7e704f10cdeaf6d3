namespace Farspan.Kernel;

/// <summary>A defect of ours was caught by an assertion; it ends the owner (a call, a session), not the
/// process.</summary>
public sealed class InvariantViolationException(string expression)
    : Exception($"Invariant violated: {expression}");
