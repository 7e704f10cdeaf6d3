using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.ConnectEmulator;

/// <summary>
/// How tests and people look into the emulator and change it: contacts, events, settings, faults.
/// </summary>
internal sealed class AdminEndpoints(ServiceLoop loop, EffectPerformer performer)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contacts", () => Json(loop.Run((service, _, _) => service.Contacts.ToArray())));
        routes.MapGet("/contacts/{id}", (string id) =>
            loop.Run((service, _, _) =>
                service.FindContact(id)) is { } contact ? Json(contact) : Results.NotFound());
        routes.MapPost("/contacts/{id}/signaling", DisturbAsync);
        routes.MapGet("/events", StreamAsync);
        routes.MapGet("/events/log", (long? after) =>
            Json(loop.Run((service, _, _) => service.EventsAfter(after ?? 0).ToArray())));
        routes.MapGet("/settings", () => Json(loop.Run((service, _, _) => service.Settings)));
        routes.MapPut("/settings", (Delegate)((HttpContext http) => ChangeAsync(http, isPatch: false)));
        routes.MapPatch("/settings", (Delegate)((HttpContext http) => ChangeAsync(http, isPatch: true)));
        routes.MapGet("/faults", () => Json(loop.Run((service, _, _) => FaultLists.Of(service.Faults))));
        routes.MapPost("/faults", (Delegate)AddFaultsAsync);
        routes.MapDelete("/faults", () =>
        {
            loop.Run((service, _, _) => service.Faults.Clear());
            return Results.NoContent();
        });
    }

    private async Task<IResult> DisturbAsync(string id, HttpContext http)
    {
        var body = await AwsHttp.ReadBodyAsync(http.Request, http.RequestAborted);
        if (!EmulatorJson.TryRead<DisturbRequest>(body, EmulatorJson.Own, out var request, out var error))
        {
            return Refused(error);
        }

        var isDone = loop.Run((service, now, outbox) =>
            service.Disturb(id, request.Action, request.Code, now, outbox));
        return isDone ? Results.NoContent() : Results.NotFound();
    }

    private async Task<IResult> ChangeAsync(HttpContext http, bool isPatch)
    {
        var body = await AwsHttp.ReadBodyAsync(http.Request, http.RequestAborted);
        var current = loop.Run((service, _, _) => service.Settings);
        ConnectEmulatorSettings settings;
        string error;
        var isRead = isPatch
            ? EmulatorJson.TryPatch(current, body, out settings, out error)
            : EmulatorJson.TryRead(body, EmulatorJson.Own, out settings, out error);
        if (!isRead || (error = settings.FindFault() ?? "").Length > 0)
        {
            return Refused(error);
        }

        loop.Run((service, now, outbox) => service.Change(settings, now, outbox));
        return Json(settings);
    }

    private async Task<IResult> AddFaultsAsync(HttpContext http)
    {
        var body = await AwsHttp.ReadBodyAsync(http.Request, http.RequestAborted);
        if (!EmulatorJson.TryRead<FaultLists>(body, EmulatorJson.Own, out var added, out var error))
        {
            return Refused(error);
        }

        var isAdded = loop.Run((service, _, _) =>
            added.Api.All(service.Faults.TryAdd) && added.Signaling.All(service.Faults.TryAdd));
        return isAdded ? Results.NoContent() : Refused($"more than {EmulatorLimits.Faults} faults");
    }

    /// <summary>
    /// Everything after <c>?after=</c> or Last-Event-ID (0: all that is remembered), then what happens.
    /// </summary>
    private async Task StreamAsync(HttpContext http)
    {
        string? position = http.Request.Headers["Last-Event-ID"];
        _ = long.TryParse(position ?? http.Request.Query["after"], out var last);
        using var feed = performer.Events.Subscribe();
        var missed = loop.Run((service, _, _) => service.EventsAfter(last).ToArray());
        await EventStream.OpenAsync(http);
        foreach (var happened in missed)
        {
            await EventStream.WriteAsync(http, "event", happened.Sequence, happened);
            last = happened.Sequence;
        }

        while (await EventStream.WaitAsync(http, feed.Reader))
        {
            while (feed.Reader.TryRead(out var happened))
            {
                if (happened.Sequence > last)
                {
                    await EventStream.WriteAsync(http, "event", happened.Sequence, happened);
                }
            }
        }
    }

    private static IResult Json<T>(T value) => Results.Json(value, EmulatorJson.Own);

    private static IResult Refused(string error) =>
        Results.Json(new { error }, EmulatorJson.Own, statusCode: 400);

    private sealed record DisturbRequest(SignalingDisturbance Action)
    {
        public int Code { get; init; } = 4500;
    }

    private sealed record FaultLists
    {
        public IReadOnlyList<ApiFault> Api { get; init; } = [];

        public IReadOnlyList<SignalingFault> Signaling { get; init; } = [];

        public static FaultLists Of(FaultPlan plan) => new() { Api = plan.Api, Signaling = plan.Signaling };
    }
}
