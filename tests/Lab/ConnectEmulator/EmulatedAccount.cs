using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator.Tests;

/// <summary>A service in virtual time, with media that connects as soon as an offer is answered.</summary>
internal sealed class EmulatedAccount
{
    public const string Instance = "instance-1";

    private readonly Outbox<ConnectEffect> _outbox = new();

    public EmulatedAccount(ConnectEmulatorSettings? settings = null)
    {
        Service = new ConnectService(
            settings ?? new ConnectEmulatorSettings(), new RandomSource(1), DateTimeOffset.UnixEpoch);
        Service.Start(Now, _outbox);
        Perform();
    }

    public ConnectService Service { get; }

    public Instant Now { get; private set; }

    /// <summary>Every effect so far, with the time it came.</summary>
    public List<(Instant At, ConnectEffect Effect)> Effects { get; } = [];

    /// <summary>Whether media connects by itself when an offer is answered.</summary>
    public bool ConnectsMedia { get; set; } = true;

    public static StartWebRtcContactRequest Request(string? clientToken = null, string flow = "inbound") =>
        new()
    {
        InstanceId = Instance,
        ContactFlowId = flow,
        ParticipantDetails = new ParticipantDetails { DisplayName = "+1" },
        ClientToken = clientToken,
    };

    public T Do<T>(Func<ConnectService, Instant, Outbox<ConnectEffect>, T> input)
    {
        var result = input(Service, Now, _outbox);
        Perform();
        return result;
    }

    public void Do(Action<ConnectService, Instant, Outbox<ConnectEffect>> input) =>
        Do((service, now, outbox) =>
        {
            input(service, now, outbox);
            return true;
        });

    public ApiReply<StartedWebRtcContact> TryStart(StartWebRtcContactRequest request) =>
        Do((s, now, outbox) => s.Connect.StartWebRtcContact(request, now, outbox));

    public StartedWebRtcContact Start(string flow = "inbound") => TryStart(Request(flow: flow)).Value!;

    public ApiReply<Acknowledgement> Stop(string contactId) => Do((s, now, outbox) =>
        s.Connect.StopContact(
            new StopContactRequest { InstanceId = Instance, ContactId = contactId }, now, outbox));

    public ContactView Contact(string id) => Service.FindContact(id)!;

    /// <summary>Jumps from deadline to deadline.</summary>
    public void Advance(TimeSpan duration)
    {
        var end = Now + duration;
        while (Service.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline;
            Do((s, now, outbox) => s.Expire(now, outbox));
        }

        Now = end;
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    public SocketAdmission Open(MeetingJoin join) =>
        Do((s, now, outbox) => s.OpenSocket(join.MeetingId, join.JoinToken, now, outbox));

    public void Send(SocketId socket, SignalFrame frame)
    {
        var bytes = frame.Encode(SignalDirection.ClientToServer);
        Do((s, now, outbox) => s.Receive(socket, bytes, now, outbox));
    }

    /// <summary>Opens, joins and subscribes, as a client that wants media does.</summary>
    public SocketId Join(MeetingJoin join)
    {
        var socket = Open(join).Socket!.Value;
        Send(socket, new JoinFrame { ProtocolVersion = 2 });
        Send(socket, new SubscribeFrame { Duplex = StreamDuplex.Receive, SdpOffer = "v=0\r\n" });
        return socket;
    }

    public void Lose(SocketId socket)
    {
        Do((s, now, outbox) => s.SocketClosed(socket, "broken", now, outbox));
        Do((s, now, outbox) => s.MediaLost(socket, now, outbox));
    }

    /// <summary>Every frame that a socket got.</summary>
    public SignalFrame[] Frames(SocketId socket) =>
        [.. Effects.Select(each => each.Effect).OfType<ConnectEffect.SendFrame>()
            .Where(send => send.Socket == socket).Select(send => send.Frame)];

    public T[] All<T>()
        where T : ConnectEffect =>
        [.. Effects.Select(each => each.Effect).OfType<T>()];

    public ContactState[] States(string contactId) =>
        [.. Contact(contactId).History.Select(entry => entry.State)];

    private void Perform()
    {
        while (_outbox.Count > 0)
        {
            foreach (var effect in _outbox.Drain())
            {
                Effects.Add((Now, effect));
                if (effect is ConnectEffect.AnswerOffer(var offer))
                {
                    Service.Answered(offer.Connection, SilentMedia.SdpAnswer, Now, _outbox);
                    if (ConnectsMedia)
                    {
                        Service.MediaConnected(offer.Connection, Now, _outbox);
                    }
                }
            }
        }
    }
}
