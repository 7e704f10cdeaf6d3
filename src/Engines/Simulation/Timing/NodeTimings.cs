namespace Farspan.Simulation;

/// <summary>
/// The times of our own nodes: how soon one notices that another died, and how long a call takes to be whole
/// again. Predictions and drills read them here.
/// </summary>
public sealed record NodeTimings
{
    public static NodeTimings Default { get; } = new();

    /// <summary>Between two heartbeats of a node.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Without heartbeats and media for this long a node is taken for dead.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>From the verdict until every choice of a node takes it into account.</summary>
    public TimeSpan DecisionMax { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>One StartWebRTCContact; an instance that does not answer in time is passed over.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A round trip between two regions.</summary>
    public TimeSpan RoundTrip { get; init; } = TimeSpan.FromMilliseconds(70);

    /// <summary>An edge and a connector about each other.</summary>
    public Delay NodeSilence => Delay
        .Between(SilenceLimit - HeartbeatInterval, SilenceLimit)
        .Then(Delay.Between(TimeSpan.Zero, DecisionMax));

    /// <summary>From the verdict until another connector carries the contact leg: INVITE with the resume token,
    /// signalling, ICE, DTLS.</summary>
    public Delay ResumeContactLeg => Delay.Between(Milliseconds(250), Milliseconds(550), Milliseconds(1_400));

    /// <summary>The same in the other region: three round trips more.</summary>
    public Delay ResumeContactLegAcrossRegions => ResumeContactLeg.Then(Delay.Exactly(RoundTrip * 3));

    /// <summary>From the verdict until another edge has the carrier's agreement to its re-INVITE.</summary>
    public Delay AdoptCallerLeg => Delay.Between(Milliseconds(200), Milliseconds(600), Milliseconds(1_200));

    /// <summary>The instance answers nobody: the request in flight has to time out first.</summary>
    public Delay InstanceSilence => Delay.Exactly(StartTimeout);

    /// <summary>The caller hears comfort audio until a new contact in another instance carries media.</summary>
    public Delay NewContact => Delay.Between(Milliseconds(800), Milliseconds(1_500), Milliseconds(3_000));

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
