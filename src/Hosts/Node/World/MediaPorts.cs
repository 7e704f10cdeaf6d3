using System.Net;
using Farspan.Media;
using Farspan.Runtime;

namespace Farspan.Node;

/// <summary>Joins the media plane to the loop; shows carriers the address that they reach.</summary>
/// <param name="advertised">Null: the address that the ports are bound to.</param>
/// <param name="observer">Told about stalls, like the engine.</param>
internal sealed class MediaPorts(IPAddress? advertised, NodeObserver observer) : IMediaPlaneObserver
{
    private INodeInbox? _inbox;

    /// <summary>Events are posted from now on.</summary>
    public void Start(INodeInbox inbox) => _inbox = inbox;

    public void Report(MediaEvent media) => _inbox?.MediaReported(media switch
    {
        MediaEvent.Opened opened when advertised is not null =>
            opened with { CarrierRtp = new IPEndPoint(advertised, opened.CarrierRtp.Port) },
        MediaEvent.RelayOpened opened when advertised is not null =>
            opened with { CarrierRtp = new IPEndPoint(advertised, opened.CarrierRtp.Port) },
        _ => media,
    });

    public void LoopStalled(TimeSpan gap) => Tell(gap, isOver: true);

    public void LoopStuck(TimeSpan since) => Tell(since, isOver: false);

    private void Tell(TimeSpan gap, bool isOver)
    {
        observer.MediaStalled(gap, isOver);
        _inbox?.MediaStalled(gap, isOver);
    }
}
