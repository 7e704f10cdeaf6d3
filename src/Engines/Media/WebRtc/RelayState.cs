namespace Farspan.Media;

/// <summary>Where a <see cref="RelaySearch"/> stands.</summary>
internal enum RelayState
{
    Searching,
    Found,
    Failed,

    /// <summary>There was an allocation, and the server dropped it or cannot be reached any more.</summary>
    Lost,
}
