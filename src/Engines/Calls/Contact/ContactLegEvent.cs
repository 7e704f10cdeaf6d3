using Farspan.Chime;

namespace Farspan.Calls;

/// <summary>What the contact leg tells its call.</summary>
public abstract record ContactLegEvent
{
    private ContactLegEvent()
    {
    }

    /// <summary>The seat in the meeting is ours.</summary>
    public sealed record Joined(bool HasTurn) : ContactLegEvent;

    /// <summary>The leg carries media, for the first time.</summary>
    public sealed record Connected(string SelectedPair) : ContactLegEvent;

    /// <summary>Signalling or media broke and is being rebuilt; audio goes on where it can.</summary>
    public sealed record Rejoining(string Cause) : ContactLegEvent;

    /// <summary>The rebuilt leg carries media.</summary>
    public sealed record Rejoined(string SelectedPair) : ContactLegEvent;

    /// <summary>Somebody came, went, was muted or unmuted.</summary>
    public sealed record RosterChanged(RosterChange Change, RosterEntry Entry) : ContactLegEvent;

    /// <summary>The leg is over; comes once.</summary>
    /// <param name="Outcome">Why.</param>
    /// <param name="Detail">For the log.</param>
    /// <param name="IsContactOver">Whether Connect has ended the contact, so that there is nothing to
    /// stop.</param>
    public sealed record Ended(CallOutcome Outcome, string Detail, bool IsContactOver) : ContactLegEvent;
}
