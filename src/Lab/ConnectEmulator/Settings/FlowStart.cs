namespace Farspan.ConnectEmulator;

/// <summary>When a contact's flow starts.</summary>
public enum FlowStart
{
    /// <summary>With the customer's first media, so that no prompt is lost.</summary>
    WhenMediaConnects,

    /// <summary>With StartWebRTCContact.</summary>
    AtOnce,
}
