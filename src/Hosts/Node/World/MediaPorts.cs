using System.Net;
using Farspan.Calls;
using Farspan.Media;
using Farspan.Runtime;

namespace Farspan.Node;

/// <summary>Joins the media plane to the loop; shows carriers the address that they reach.</summary>
/// <param name="advertised">Null: the address that the ports are bound to.</param>
/// <param name="observer">Told about stalls, like the engine.</param>
internal sealed class MediaPorts(IPAddress? advertised, NodeObserver observer) : IMediaPlaneObserver
{
    private Action<ConnectorInput> _post = _ => { };

    /// <summary>Events are posted from now on.</summary>
    public void Start(Action<ConnectorInput> post) => _post = post;

    public void Report(MediaEvent media) => _post(new ConnectorInput.MediaReported(
        media is MediaEvent.Opened opened && advertised is not null
            ? opened with { CarrierRtp = new IPEndPoint(advertised, opened.CarrierRtp.Port) }
            : media));

    public void LoopStalled(TimeSpan gap) => Tell(gap, isOver: true);

    public void LoopStuck(TimeSpan since) => Tell(since, isOver: false);

    private void Tell(TimeSpan gap, bool isOver)
    {
        observer.MediaStalled(gap, isOver);
        _post(new ConnectorInput.MediaStalled(gap, isOver));
    }
}
