namespace Farspan.ConnectEmulator;

/// <summary>What a WebSocket with a wrong join token gets; the real behaviour is not documented.</summary>
public enum BadTokenAnswer
{
    /// <summary>HTTP 403 instead of the upgrade.</summary>
    RefuseUpgrade,

    /// <summary>An upgrade, then a close with a 44xx code.</summary>
    Close,
}
