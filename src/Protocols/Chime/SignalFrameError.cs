namespace Farspan.Chime;

/// <summary>Why bytes are no signalling frame. The receiver drops such a message and goes on.</summary>
public enum SignalFrameError
{
    None,

    /// <summary>Over <see cref="ChimeLimits.MaxFrameBytes"/>.</summary>
    TooLarge,

    /// <summary>No bytes, or a first byte that is neither 0x02 nor 0x05.</summary>
    UnknownTypeByte,

    /// <summary>
    /// Truncated, over-long or otherwise not a protobuf message, or a field repeated more than
    /// <see cref="ChimeLimits.MaxRepeatedItems"/> times.
    /// </summary>
    Malformed,

    /// <summary>timestamp_ms, type, or a required field of the body is absent.</summary>
    MissingField,

    /// <summary>The type promises a body that is not there.</summary>
    MissingBody,
}
