namespace Farspan.LabRun;

/// <summary>What the lab bounds.</summary>
public static class LabLimits
{
    /// <summary>Time for a child process to say that it is ready.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Time for a child to end after SIGTERM, more than the 5 s that a connector takes at most; then it is
    /// killed.
    /// </summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(7);

    /// <summary>Time for contacts to end after their calls have.</summary>
    public static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(15);

    /// <summary>One question to a child's HTTP interface.</summary>
    public static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(10);

    /// <summary>Starts, each with other ports, where other programs take ports meanwhile.</summary>
    public const int StartAttempts = 3;

    /// <summary>Ports tried after the usual one is taken.</summary>
    public const int PortsTried = 200;

    /// <summary>Built-in agents; calls beyond them wait in the queue.</summary>
    public const int AgentsMax = 1_000;

    /// <summary>Built-in agents where no calls are placed.</summary>
    public const int AgentsMin = 20;

    /// <summary>
    /// Loss, in percent, above which a run has failed: more is audible, however busy the machine is.
    /// </summary>
    public const double LossPercentMax = 3;

    /// <summary>Calls that a failure names.</summary>
    public const int CallsNamed = 3;

    /// <summary>Last lines of a child's log that an error shows.</summary>
    public const int LogLinesShown = 12;

    /// <summary>Events that a snapshot holds.</summary>
    public const int EventsShown = 8;
}
