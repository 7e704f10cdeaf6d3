using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Farspan.Kernel;

/// <summary>
/// Assertions that stay on in production: they catch our own mistakes, never the peer's or the world's.
/// </summary>
public static class Invariant
{
    /// <summary>Requires something that only a defect of ours can make false.</summary>
    /// <exception cref="InvariantViolationException">The condition does not hold.</exception>
    public static void Require(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        if (!condition)
        {
            Throw(expression);
        }
    }

    /// <summary>The arm of a switch that no closed family of ours can reach.</summary>
    public static InvariantViolationException Unreachable(object? value) => new($"unreachable: {value}");

    [DoesNotReturn]
    private static void Throw(string expression) => throw new InvariantViolationException(expression);
}
