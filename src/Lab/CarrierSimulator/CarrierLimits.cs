namespace Farspan.CarrierSimulator;

/// <summary>What the simulated carrier bounds.</summary>
public static class CarrierLimits
{
    /// <summary>Delays remembered of one call: four minutes of sequences.</summary>
    public const int DelaysMax = 256;

    /// <summary>Foreign codes remembered of one call.</summary>
    public const int StrangersMax = 16;

    /// <summary>A gap in what is received that is filled with silence; a longer one is passed over.</summary>
    public static readonly TimeSpan FilledGapMax = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a call that is being ended waits for the answer to its BYE before it counts as ended.</summary>
    public static readonly TimeSpan HangUpPatience = TimeSpan.FromSeconds(5);

    /// <summary>Inputs that may wait for the signalling thread; datagrams beyond it are dropped.</summary>
    public const int WaitingInputsMax = 16_384;
}
