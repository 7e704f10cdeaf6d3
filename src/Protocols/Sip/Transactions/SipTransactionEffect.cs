namespace Farspan.Sip;

/// <summary>One effect of a transaction (RFC 3261 §17); a value, because a busy node makes many of
/// them.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Message">The message of a Send or Deliver; null otherwise.</param>
/// <param name="Outcome">The outcome of a Finish.</param>
public readonly record struct SipTransactionEffect(
    SipTransactionEffectKind Kind, SipMessage? Message, SipTransactionOutcome Outcome)
{
    /// <inheritdoc cref="SipTransactionEffectKind.ReportTransportFailure"/>
    public static SipTransactionEffect ReportTransportFailure { get; } =
        new(SipTransactionEffectKind.ReportTransportFailure, null, default);

    /// <inheritdoc cref="SipTransactionEffectKind.Send"/>
    public static SipTransactionEffect Send(SipMessage message) =>
        new(SipTransactionEffectKind.Send, message, default);

    /// <inheritdoc cref="SipTransactionEffectKind.Deliver"/>
    public static SipTransactionEffect Deliver(SipMessage message) =>
        new(SipTransactionEffectKind.Deliver, message, default);

    /// <inheritdoc cref="SipTransactionEffectKind.Finish"/>
    public static SipTransactionEffect Finish(SipTransactionOutcome outcome) =>
        new(SipTransactionEffectKind.Finish, null, outcome);
}
