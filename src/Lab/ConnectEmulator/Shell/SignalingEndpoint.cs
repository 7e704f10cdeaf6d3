using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The WebSocket of Chime signalling: <c>/control/{meetingId}</c>, with the join token as the second
/// sub-protocol (browsers) or in a cookie (native clients).
/// </summary>
internal sealed class SignalingEndpoint(ServiceLoop loop, EffectPerformer performer)
{
    private const string SessionName = "_aws_wt_session";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/control/{meetingId}", UpgradeAsync);

    private async Task UpgradeAsync(string meetingId, HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        if (Admit(meetingId, JoinToken(http), http) is not { } client)
        {
            return;
        }

        using (client)
        {
            await ServeAsync(http, client);
        }
    }

    private ClientSocket? Admit(string meetingId, string? joinToken, HttpContext http) =>
        loop.Run((service, now, outbox) =>
        {
            var (socket, refusalStatus) = service.OpenSocket(meetingId, joinToken, now, outbox);
            if (socket is not { } id)
            {
                http.Response.StatusCode = refusalStatus;
                return null;
            }

            // Known before its effects are performed: a close may be the first of them.
            var client = new ClientSocket(id);
            performer.Add(client);
            return client;
        });

    private async Task ServeAsync(HttpContext http, ClientSocket client)
    {
        var end = "not upgraded";
        try
        {
            var names = http.WebSockets.WebSocketRequestedProtocols;
            using var socket =
                await http.WebSockets.AcceptWebSocketAsync(names.Contains(SessionName) ? SessionName : null);
            end = await client.RunAsync(
                socket,
                message => loop.Run((service, now, outbox) =>
                    service.Receive(client.Id, message.Span, now, outbox)),
                http.RequestAborted);
        }
        finally
        {
            performer.Remove(client.Id);
            loop.Run((service, now, outbox) => service.SocketClosed(client.Id, end, now, outbox));
        }
    }

    private static string? JoinToken(HttpContext http) =>
        http.WebSockets.WebSocketRequestedProtocols is [SessionName, var token, ..]
            ? token
            : http.Request.Cookies[SessionName];
}
