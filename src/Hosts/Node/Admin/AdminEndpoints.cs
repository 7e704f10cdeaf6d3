using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farspan.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.Node;

/// <summary>The resources of the administration API.</summary>
/// <remarks>
/// <code>
///  GET  /healthz         200 while the process runs
///  GET  /readyz          200 while calls are taken, else 503 with the reasons
///  GET  /metrics         Prometheus text
///  GET  /api/v1/status   the node, its instances, trunks and media        (password)
///  GET  /api/v1/calls    the live calls                                   (password)
///  POST /api/v1/drain    takes no new calls; {"draining":false} undoes it (password)
/// </code>
/// </remarks>
internal sealed class AdminEndpoints(INodeControl node)
{
    public void MapOpen(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", (RequestDelegate)(http => http.Response.WriteAsync("ok\n")))
            .WithMetadata(new OpenEndpoint());
        routes.MapGet("/readyz", (RequestDelegate)WriteReadinessAsync).WithMetadata(new OpenEndpoint());
        routes.MapGet("/metrics", (RequestDelegate)WriteMetricsAsync).WithMetadata(new OpenEndpoint());
    }

    public void MapGuarded(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/status", (RequestDelegate)(async http =>
            await WriteAsync(http, await node.GetStatusAsync(), AdminJson.Default.NodeStatus)));
        routes.MapGet("/api/v1/calls", (RequestDelegate)(async http =>
            await WriteAsync(http, await node.GetCallsAsync(), AdminJson.Default.IReadOnlyListCallStatus)));
        routes.MapPost("/api/v1/drain", (RequestDelegate)DrainAsync);
    }

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> typeInfo)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(value, typeInfo);
    }

    private static async Task<bool?> ReadDrainAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or 0)
        {
            return true;
        }

        try
        {
            var request = await http.Request.ReadFromJsonAsync(
                AdminJson.Default.DrainRequest, http.RequestAborted);
            return request?.Draining;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private Task WriteReadinessAsync(HttpContext http)
    {
        var health = node.Health;
        http.Response.StatusCode = health.IsReady
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        if (health.RetryAfterSeconds is { } wait)
        {
            http.Response.Headers.RetryAfter = $"{wait}";
        }

        return WriteAsync(http, health, AdminJson.Default.NodeHealth);
    }

    private async Task WriteMetricsAsync(HttpContext http)
    {
        http.Response.ContentType = PrometheusExporter.ContentType;
        await http.Response.WriteAsync(await node.ExportMetricsAsync());
    }

    private async Task DrainAsync(HttpContext http)
    {
        if (await ReadDrainAsync(http) is not { } isDraining)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(
                http, new AdminError("expected {\"draining\": true|false}"), AdminJson.Default.AdminError);
        }
        else if (!node.SetDraining(isDraining))
        {
            http.Response.StatusCode = StatusCodes.Status409Conflict;
            await WriteAsync(
                http, new AdminError($"the node is {node.Health.State}"), AdminJson.Default.AdminError);
        }
        else
        {
            await WriteAsync(http, new DrainRequest(isDraining), AdminJson.Default.DrainRequest);
        }
    }
}

/// <summary>Marks an endpoint that needs no password.</summary>
internal sealed class OpenEndpoint;
