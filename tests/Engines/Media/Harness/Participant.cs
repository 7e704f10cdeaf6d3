using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

/// <summary>A WebRTC participant on the network, such as the media server of a meeting: plays a tone sequence and listens for one.</summary>
internal sealed class Participant
{
    public const int Tag = 7;

    private readonly MediaNetwork _network;
    private readonly NetworkSink _sink;
    private readonly TransportAddress _address;
    private readonly Tones _tones;

    public Participant(
        MediaNetwork network,
        TransportAddress address,
        WebRtcRole role,
        MediaResources resources,
        MediaSettings? settings = null,
        int tone = 7,
        int sampleRateHz = 8_000)
    {
        _network = network;
        _address = address;
        _sink = new NetworkSink(network);
        _sink.Bind(Tag, address);
        Media = new WebRtcMedia(
            role, resources, settings ?? new MediaSettings(), new RandomSource(address.Port), Paths, network.Now);
        Media.UseRate(sampleRateHz);
        _tones = new Tones(tone, sampleRateHz);
        network.Listen(address, Receive);
        network.Every20Milliseconds(Tick);
    }

    public WebRtcMedia Media { get; }

    public Outbox<TurnPathNotice> Paths { get; } = new();

    public List<WebRtcEvent> Events { get; } = [];

    public Tones Tones => _tones;

    /// <summary>Whether it says anything at all.</summary>
    public bool Speaks { get; set; } = true;

    /// <summary>What it says in the stead of tones, as it would be encoded.</summary>
    public Func<byte[]>? NextPayload { get; set; }

    public bool IsConnected => Events.OfType<WebRtcEvent.Connected>().Any();

    public WebRtcEvent.Lost? Loss => Events.OfType<WebRtcEvent.Lost>().SingleOrDefault();

    private bool IsGone { get; set; }

    public LocalTransport Local => Events.OfType<WebRtcEvent.Gathered>().Last().Transport;

    public void Gather(TurnServers? servers = null)
    {
        Media.Gather(servers, Tag, _address, _network.Now, _sink);
        Take();
    }

    public void Connect(RemoteTransport remote)
    {
        Media.Connect(remote, _network.Now, _sink);
        Take();
    }

    public void UseTurnPath(TurnPath path)
    {
        Media.UseTurnPath(path, _network.Now, _sink);
        Take();
    }

    public void FailTurnPath(int pathId, string reason)
    {
        Media.FailTurnPath(pathId, reason, _network.Now, _sink);
        Take();
    }

    public void Close()
    {
        Media.Close(_network.Now, _sink);
        IsGone = true;
        Take();
    }

    /// <summary>Leaves without a word: the power is cut.</summary>
    public void Vanish() => _network.Unlisten(_address);

    /// <summary>What this end's description says to the other.</summary>
    public RemoteTransport AsRemote(SetupRole setup) => Remotes.Of(Local, setup);

    private void Receive(TransportAddress from, byte[] datagram)
    {
        Media.Receive(Tag, from, datagram, _network.Now, _sink);
        Take();
    }

    private void Tick(Instant now)
    {
        if (IsGone)
        {
            return;
        }

        Media.Expire(now, _sink);
        var frame = new short[Media.FrameSamples];
        Media.Read(frame, now);
        Tones.Hear(frame);
        if (NextPayload is not null)
        {
            Media.WriteEncoded(NextPayload(), now, _sink);
        }
        else if (Speaks)
        {
            Tones.Play(frame);
            Media.Write(frame, now, _sink);
        }

        Take();
    }

    private void Take()
    {
        Events.AddRange(Media.Events.Effects);
        Media.Events.Clear();
    }
}
