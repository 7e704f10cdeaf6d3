using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>A socket for one transport of the contact side.</summary>
/// <param name="SocketTag">One of <see cref="MediaSocketTags"/>.</param>
/// <param name="Address">Where it is bound.</param>
public readonly record struct ContactSocket(int SocketTag, TransportAddress Address);
