using Farspan.Media;

namespace Farspan.Runtime;

/// <summary>A media session of a <see cref="MediaPlane"/>, of whichever kind.</summary>
internal interface IMediaHost : IMediaSession
{
    long MediaId { get; }

    MediaWorker Worker { get; }

    /// <summary>To be given back when the sockets are closed.</summary>
    IReadOnlyList<MediaPortLease> Ports { get; }

    /// <summary>Any thread.</summary>
    MediaReport Report();

    /// <summary>Any thread: ends the session with its next tick, for want of room for the command.</summary>
    void CloseSoon();

    /// <summary>Frees what the session holds; its sockets are closed already.</summary>
    void Free();
}

/// <summary>A pair of ports in use.</summary>
internal readonly record struct MediaPortLease(MediaPortPool Pool, ushort RtpPort)
{
    public void Return() => Pool.Return(RtpPort);
}
