namespace Farspan.ConnectEmulator;

/// <summary>
/// The service quotas of the account and its instances, with the defaults of Amazon Connect.
/// </summary>
public sealed record ServiceQuotas
{
    public RequestRate StartWebRtcContact { get; init; } = new(2, 5);

    public RequestRate StopContact { get; init; } = new(10, 15);

    /// <summary>UpdateContactAttributes and GetContactAttributes, each.</summary>
    public RequestRate ContactAttributes { get; init; } = new(10, 15);

    public RequestRate CreateParticipant { get; init; } = new(2, 5);

    /// <summary>The participant operations, each, for all contacts together.</summary>
    public RequestRate Participant { get; init; } = new(10, 15);

    /// <summary>Contacts in a flow, in a queue or with an agent, for each instance.</summary>
    public int ConcurrentCalls { get; init; } = 10;

    public int ParticipantsPerContact { get; init; } = 6;

    internal RequestRate For(ConnectOperation operation) => operation switch
    {
        ConnectOperation.StartWebRtcContact => StartWebRtcContact,
        ConnectOperation.StopContact => StopContact,
        ConnectOperation.UpdateContactAttributes or ConnectOperation.GetContactAttributes =>
            ContactAttributes,
        ConnectOperation.CreateParticipant => CreateParticipant,
        _ => Participant,
    };

    internal string? FindFault()
    {
        RequestRate[] rates =
            [StartWebRtcContact, StopContact, ContactAttributes, CreateParticipant, Participant];
        return rates.Any(rate => rate.PerSecond < 0 || rate.Burst < 0 || !double.IsFinite(rate.PerSecond))
            ? "quotas: a rate is negative"
            : null;
    }
}
