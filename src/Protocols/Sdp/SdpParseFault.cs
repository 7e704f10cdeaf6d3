namespace Farspan.Sdp;

/// <summary>Why a session description was refused as a whole (RFC 8866 §5).</summary>
public enum SdpParseFault
{
    None,

    /// <summary>Beyond one of <see cref="SdpLimits"/>.</summary>
    TooLarge,

    /// <summary>Not <c>letter=value</c>, or a control character inside the line.</summary>
    MalformedLine,

    /// <summary>A type letter that RFC 8866 does not define; §5 has such descriptions ignored.</summary>
    UnknownLineType,

    /// <summary>The description does not begin with <c>v=0</c>.</summary>
    UnsupportedVersion,

    MissingOrigin,
    MalformedOrigin,
    MalformedConnection,
    MalformedBandwidth,
    MalformedMedia,
}
