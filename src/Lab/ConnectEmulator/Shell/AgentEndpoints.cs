using Farspan.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.ConnectEmulator;

/// <summary>What the agent page calls.</summary>
internal sealed class AgentEndpoints(
    ServiceLoop loop, EffectPerformer performer, AwsBodies bodies, TimeProvider time)
{
    private delegate ApiReply<AgentView> AgentAction(
        AgentApi agents, string agentId, Instant now, Outbox<ConnectEffect> outbox);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/agent/login", LogInAsync);
        routes.MapGet(
            "/agents", () => Results.Json(loop.Run((service, _, _) => service.Agents.All), EmulatorJson.Own));
        routes.MapGet(
            "/agent/{id}", (string id) => Found(loop.Run((service, _, _) => service.Agents.Find(id))));
        routes.MapGet("/agent/{id}/events", StreamAsync);
        routes.MapPost("/agent/{id}/answer", AnswerAsync);
        MapAction(routes, "reject", (agents, id, now, outbox) => agents.Reject(id, now, outbox));
        MapAction(routes, "available", (agents, id, now, outbox) => agents.MakeAvailable(id, now, outbox));
        MapAction(routes, "hangup", (agents, id, now, outbox) => agents.HangUp(id, now, outbox));
        MapAction(routes, "logout", (agents, id, now, outbox) => agents.LogOut(id, now, outbox));
    }

    private void MapAction(IEndpointRouteBuilder routes, string name, AgentAction action) =>
        routes.MapPost($"/agent/{{id}}/{name}", (string id, HttpContext http) =>
        {
            var reply = loop.Run((service, now, outbox) => action(service.Agents, id, now, outbox));
            return WriteAsync(http, reply);
        });

    private async Task LogInAsync(HttpContext http)
    {
        var body = await AwsHttp.ReadBodyAsync(http.Request, http.RequestAborted);
        if (!EmulatorJson.TryRead<LogInRequest>(body, EmulatorJson.Own, out var request, out var error))
        {
            await AwsHttp.WriteErrorAsync(http, ApiError.InvalidParameter(error));
            return;
        }

        await WriteAsync(
            http, loop.Run((service, now, outbox) => service.Agents.LogIn(request.Name, now, outbox)));
    }

    private async Task AnswerAsync(string id, HttpContext http)
    {
        var reply = loop.Run((service, now, outbox) => service.Agents.Answer(id, now, outbox));
        await AwsHttp.WriteAsync(http, reply, bodies.Connection, time);
    }

    /// <summary>
    /// The agent's situation, now and at every change; while it is read, the agent's page is there.
    /// </summary>
    private async Task StreamAsync(string id, HttpContext http)
    {
        using var feed = performer.Agents.Subscribe();
        var agent = loop.Run((service, now, _) =>
        {
            service.Agents.SetPagePresence(id, isThere: true, now);
            return service.Agents.Find(id);
        });
        if (agent is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            await EventStream.OpenAsync(http);
            await EventStream.WriteAsync(http, "agent", null, agent);
            while (await EventStream.WaitAsync(http, feed.Reader))
            {
                while (feed.Reader.TryRead(out var changed))
                {
                    if (changed.AgentId == id)
                    {
                        await EventStream.WriteAsync(http, "agent", null, changed);
                    }
                }
            }
        }
        finally
        {
            loop.Run((service, now, _) => service.Agents.SetPagePresence(id, isThere: false, now));
        }
    }

    private static Task WriteAsync(HttpContext http, ApiReply<AgentView> reply) => reply.Error is { } error
        ? AwsHttp.WriteErrorAsync(http, error)
        : http.Response.WriteAsJsonAsync(reply.Value, EmulatorJson.Own, http.RequestAborted);

    private static IResult Found(AgentView? agent) =>
        agent is null ? Results.NotFound() : Results.Json(agent, EmulatorJson.Own);

    private sealed record LogInRequest(string Name);
}
