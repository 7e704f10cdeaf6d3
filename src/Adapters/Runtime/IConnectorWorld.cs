using Farspan.Calls;

namespace Farspan.Runtime;

/// <summary>
/// Performs what a connector engine asks for: in a node with sockets, HTTP and a journal, in a test by heart.
/// </summary>
public interface IConnectorWorld
{
    /// <summary>
    /// Performs one effect, or begins to; never waits. Called on the loop's thread, in the engine's order. What
    /// becomes of it is posted to the loop.
    /// </summary>
    void Perform(ConnectorEffect effect);
}
