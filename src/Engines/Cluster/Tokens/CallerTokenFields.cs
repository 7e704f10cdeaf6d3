using Farspan.Sip;

namespace Farspan.Cluster;

/// <summary>The fields of a <see cref="CallerToken"/>. Numbers are never given to something else.</summary>
internal static class CallerTokenFields
{
    private const byte Trunk = 1;
    private const byte CallId = 2;
    private const byte Local = 3;
    private const byte Remote = 4;
    private const byte Contact = 5;
    private const byte RemoteTarget = 6;
    private const byte RouteSet = 7;
    private const byte Phase = 8;
    private const byte IsCaller = 9;
    private const byte LocalSequence = 10;
    private const byte RemoteSequence = 11;
    private const byte Transport = 12;
    private const byte FlowLocal = 13;
    private const byte FlowRemote = 14;
    private const byte SessionInterval = 15;
    private const byte IsRefresher = 16;
    private const byte PeerAllowsUpdate = 17;
    private const byte LocalDescription = 18;
    private const byte RemoteDescription = 19;
    private const byte IsLocalOffer = 20;
    private const byte ReceiveRollover = 21;
    private const byte PendingVia = 22;
    private const byte PendingSequence = 23;
    private const byte RequestUri = 24;
    private const byte Header = 25;
    private const byte IsHeld = 26;

    public static void Write(CallerToken token, TokenFieldWriter writer)
    {
        var dialog = token.Dialog;
        writer.Text(Trunk, token.Trunk)
            .Text(CallId, dialog.CallId)
            .Text(Local, dialog.Local.ToString())
            .Text(Remote, dialog.Remote.ToString())
            .Text(Contact, dialog.Contact.ToString())
            .Text(RemoteTarget, dialog.RemoteTarget.ToString())
            .Number(Phase, (ulong)dialog.Phase)
            .Flag(IsCaller, dialog.IsCaller)
            .Number(LocalSequence, dialog.LocalSequence)
            .Number(RemoteSequence, dialog.RemoteSequence)
            .Number(Transport, (ulong)token.Flow.Transport)
            .Address(FlowLocal, token.Flow.Local)
            .Address(FlowRemote, token.Flow.Remote)
            .Number(SessionInterval, token.SessionInterval is { } interval ? (ulong)interval.TotalSeconds : null)
            .Flag(IsRefresher, token.IsRefresher)
            .Flag(PeerAllowsUpdate, token.PeerAllowsUpdate)
            .Text(LocalDescription, token.LocalDescription)
            .Text(RemoteDescription, token.RemoteDescription)
            .Flag(IsLocalOffer, token.IsLocalOffer)
            .Number(ReceiveRollover, token.ReceiveRollover)
            .Number(PendingSequence, token.PendingSequence)
            .Text(RequestUri, token.RequestUri)
            .Flag(IsHeld, token.IsHeld);
        foreach (var route in dialog.RouteSet)
        {
            writer.Text(RouteSet, route.ToString());
        }

        foreach (var via in token.PendingVias)
        {
            writer.Text(PendingVia, via);
        }

        foreach (var (name, value) in token.Headers)
        {
            writer.Text(Header, $"{name}:{value}");
        }
    }

    public static CallerToken? Read(TokenFieldReader fields)
    {
        if (ReadDialog(fields) is not { } dialog || ReadFlow(fields) is not { } flow
            || fields.Text(Trunk) is not { Length: > 0 } trunk)
        {
            return null;
        }

        return new CallerToken
        {
            Trunk = trunk,
            Dialog = dialog,
            Flow = flow,
            SessionInterval = fields.Number32(SessionInterval) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            IsRefresher = fields.Flag(IsRefresher),
            PeerAllowsUpdate = fields.Flag(PeerAllowsUpdate),
            LocalDescription = fields.Text(LocalDescription),
            RemoteDescription = fields.Text(RemoteDescription),
            IsLocalOffer = fields.Flag(IsLocalOffer),
            ReceiveRollover = fields.Number32(ReceiveRollover) ?? 0,
            PendingVias = [.. fields.Texts(PendingVia)],
            PendingSequence = fields.Number32(PendingSequence),
            RequestUri = fields.Text(RequestUri) ?? "",
            Headers = [.. fields.Texts(Header).Select(ReadHeader)],
            IsHeld = fields.Flag(IsHeld),
        };
    }

    private static KeyValuePair<string, string> ReadHeader(string line)
    {
        var colon = line.IndexOf(':');
        return colon < 0 ? new(line, "") : new(line[..colon], line[(colon + 1)..]);
    }

    private static SipDialogState? ReadDialog(TokenFieldReader fields)
    {
        if (fields.Text(CallId) is not { Length: > 0 } callId
            || ReadAddress(fields.Text(Local)) is not { } local
            || ReadAddress(fields.Text(Remote)) is not { } remote
            || ReadAddress(fields.Text(Contact)) is not { } contact
            || !SipUri.TryParse(fields.Text(RemoteTarget) ?? "", out var target))
        {
            return null;
        }

        var routes = fields.Texts(RouteSet).Select(ReadAddress).ToArray();
        var phase = (SipDialogPhase)(fields.Number32(Phase, byte.MaxValue) ?? 0);
        if (!Enum.IsDefined(phase) || Array.Exists(routes, r => r is null))
        {
            return null;
        }

        return new SipDialogState(callId, local, remote, contact, target, [.. routes.OfType<NameAddress>()])
        {
            Phase = phase,
            IsCaller = fields.Flag(IsCaller),
            LocalSequence = fields.Number32(LocalSequence, SipDialogLimits.SequenceEnd - 1) ?? 0,
            RemoteSequence = fields.Number32(RemoteSequence, SipDialogLimits.SequenceEnd - 1),
        };
    }

    private static NameAddress? ReadAddress(string? text) =>
        text is not null && NameAddress.TryParse(text, out var address)
            ? address
            : null;

    private static SipFlow? ReadFlow(TokenFieldReader fields)
    {
        var transport = (SipTransport)(fields.Number32(Transport, byte.MaxValue) ?? 0);
        return Enum.IsDefined(transport)
            && fields.Address(FlowLocal) is { } local
            && fields.Address(FlowRemote) is { } remote
                ? new SipFlow(transport, local, remote, 0)
                : null;
    }
}
