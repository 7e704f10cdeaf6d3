namespace Farspan.ConnectEmulator;

/// <summary>A fault to inject into the signalling connections.</summary>
public sealed record SignalingFault
{
    public SignalingStage Stage { get; init; }

    public SignalingFaultEffect Effect { get; init; }

    /// <summary>
    /// The close code; at <see cref="SignalingStage.Upgrade"/> with <see
    /// cref="SignalingFaultEffect.Refuse"/>, the HTTP status.
    /// </summary>
    public int Code { get; init; } = 4500;

    /// <summary>How many matching moments pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many moments are hit; null is all of them.</summary>
    public int? Times { get; init; }
}
