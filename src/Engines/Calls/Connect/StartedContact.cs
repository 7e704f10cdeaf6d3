using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// A contact that Amazon Connect has started, with what its customer needs to join and to send digits.
/// </summary>
/// <param name="ContactId">Names the contact in every later request.</param>
/// <param name="ParticipantId">Names the customer in the contact.</param>
/// <param name="ParticipantToken">Opens the participant API; valid as long as the participant lives.</param>
/// <param name="Meeting">How to join the media; null if the answer to a repeated request lacks it.</param>
public sealed record StartedContact(
    string ContactId, string ParticipantId, Redacted<string> ParticipantToken, ContactMeeting? Meeting);
