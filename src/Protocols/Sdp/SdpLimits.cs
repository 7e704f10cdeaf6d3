namespace Farspan.Sdp;

/// <summary>What a session description may hold; anything larger is refused before it costs much.</summary>
public static class SdpLimits
{
    /// <summary>A browser's offer with audio and video is 5 to 12 kB.</summary>
    public const int MaxDescriptionBytes = 64 * 1024;

    public const int MaxLineBytes = 4096;

    /// <summary>Lines of the whole description.</summary>
    public const int MaxLines = 2048;

    /// <summary>m= lines of one description.</summary>
    public const int MaxMediaDescriptions = 32;

    /// <summary>Formats (payload types) of one m= line; RTP has no more.</summary>
    public const int MaxFormats = 128;

    /// <summary>Attributes of one kind in one section, such as candidates or crypto lines.</summary>
    public const int MaxAttributesOfOneKind = 256;
}
