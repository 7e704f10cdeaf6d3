namespace Farspan.Rtp;

/// <summary>The two moments of an event.</summary>
public enum TelephoneEventNoticeKind : byte
{
    Started,
    Ended,
}
