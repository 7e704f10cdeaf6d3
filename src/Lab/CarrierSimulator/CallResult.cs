namespace Farspan.CarrierSimulator;

/// <summary>What became of a call.</summary>
public enum CallResult
{
    /// <summary>Answered, and ended by our BYE after the talk time.</summary>
    Completed,

    /// <summary>Answered, and ended by the other side.</summary>
    EndedByPeer,

    /// <summary>A final response from 300 on; the status is in the report.</summary>
    Rejected,

    /// <summary>Nobody answered in time; the INVITE was taken back, or nothing came at all.</summary>
    NotAnswered,

    /// <summary>Given up by whoever placed the call.</summary>
    Abandoned,

    /// <summary>Answered with something that cannot be talked with; ended by our BYE.</summary>
    Unusable,

    /// <summary>The transport could not carry the call, or no port was free.</summary>
    TransportFailed,
}
