namespace Farspan.ConnectEmulator;

/// <summary>An agent as the page and <c>/agents</c> see one.</summary>
/// <param name="AgentId">Also the page's only credential: keep it as one.</param>
/// <param name="Name">The name given at log-in.</param>
/// <param name="IsBuiltIn">Whether no person is behind it.</param>
/// <param name="State">What the agent is doing.</param>
/// <param name="Contact">The contact that rings or is answered; null without one.</param>
public sealed record AgentView(
    string AgentId, string Name, bool IsBuiltIn, AgentState State, ContactView? Contact);
