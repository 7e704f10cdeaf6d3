using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>Where a secret is; the secret itself is fetched only by who needs it.</summary>
public abstract record SecretReference
{
    private SecretReference()
    {
    }

    /// <summary>An environment variable: <c>env:NAME</c>.</summary>
    public sealed record Variable(string Name) : SecretReference;

    /// <summary>The content of a file, without a line break at its end: <c>file:/path</c>.</summary>
    public sealed record InFile(string Path) : SecretReference;

    /// <summary>The secret itself, for a lab: <c>literal:value</c>.</summary>
    public sealed record Literal(Redacted<string> Value) : SecretReference;
}
