namespace Farspan.CarrierSimulator;

/// <summary>One call to place.</summary>
/// <param name="Code">The tone code that names the call, from 0 to <c>LabTones.Codes</c> - 1; see
/// <c>LabTones</c>.</param>
/// <param name="TalkTime">How long the call lasts from its answer to our BYE.</param>
public sealed record CallPlan(int Code, TimeSpan TalkTime);
