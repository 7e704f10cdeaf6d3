namespace Farspan.LabRun;

/// <summary>The lab cannot start or go on; the message says what, why, and where to look.</summary>
public sealed class LabException(string message) : Exception(message);
