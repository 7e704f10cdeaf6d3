namespace Farspan.Node;

/// <summary>
/// The node cannot start, for a reason that the operator can remove: said in his words, without a stack trace.
/// </summary>
/// <param name="what">What does not work, and where.</param>
/// <param name="fix">What to do about it.</param>
/// <param name="cause">What the system said; null if nothing.</param>
public sealed class NodeStartException(string what, string fix, Exception? cause = null)
    : Exception(cause is null ? what : $"{what}: {cause.Message}", cause)
{
    public string Fix { get; } = fix;
}
