namespace Farspan.Rtp;

/// <summary>
/// What <see cref="TelephoneEventReceiver"/> found out; each event starts once and ends once.
/// </summary>
/// <param name="Kind">Start or end.</param>
/// <param name="Code">The event.</param>
/// <param name="Duration">At the end: how long it lasted, as far as is known. At the start: zero.</param>
public readonly record struct TelephoneEventNotice(
    TelephoneEventNoticeKind Kind, byte Code, TimeSpan Duration);
