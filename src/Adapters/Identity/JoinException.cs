namespace Farspan.Identity;

/// <summary>A node could not join its cluster.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="fix">What to do.</param>
/// <param name="inner">The cause; null if there is none.</param>
public sealed class JoinException(string message, string fix, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What to do.</summary>
    public string Fix => fix;
}
