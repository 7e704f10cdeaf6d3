namespace Farspan.Calls;

/// <summary>
/// What Amazon Connect admits (Amazon Connect API Reference, StartWebRTCContact, SendMessage).
/// </summary>
public static class ConnectLimits
{
    /// <summary>Keys and values of a contact's attributes together, in UTF-8 bytes.</summary>
    public const int MaxAttributesBytes = 32_768;

    /// <summary>Characters of a ClientToken.</summary>
    public const int MaxClientTokenLength = 500;

    /// <summary>Characters of a participant's display name.</summary>
    public const int MaxDisplayNameLength = 256;

    /// <summary>How long a ClientToken makes StartWebRTCContact idempotent.</summary>
    public static readonly TimeSpan ClientTokenLifetime = TimeSpan.FromDays(7);

    /// <summary>How long a participant who dropped may still come back with the same credentials.</summary>
    public static readonly TimeSpan RejoinWindow = TimeSpan.FromSeconds(60);
}
