using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Farspan.ConnectEmulator;

/// <summary>Reads requests and writes answers as the AWS REST-JSON protocol has them.</summary>
internal static class AwsHttp
{
    /// <summary>The whole body; null if it is over <see cref="EmulatorLimits.RequestBodyBytes"/>.</summary>
    public static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength > EmulatorLimits.RequestBodyBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, stop)) > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > EmulatorLimits.RequestBodyBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    /// <summary>Answers after the reply's delay, or never.</summary>
    public static async Task WriteAsync<T>(
        HttpContext http, ApiReply<T> reply, Func<T, object> toBody, TimeProvider time)
        where T : class
    {
        if (reply.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reply.Delay, time, http.RequestAborted);
        }

        if (reply.IsLost)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
        }
        else if (reply.Error is { } error)
        {
            await WriteErrorAsync(http, error);
        }
        else
        {
            http.Response.Headers["x-amzn-RequestId"] = http.TraceIdentifier;
            await http.Response.WriteAsJsonAsync(toBody(reply.Value!), EmulatorJson.Aws, http.RequestAborted);
        }
    }

    public static Task WriteErrorAsync(HttpContext http, ApiError error)
    {
        http.Response.StatusCode = error.StatusCode;
        http.Response.Headers["x-amzn-RequestId"] = http.TraceIdentifier;
        http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        if (error.RetryAfter is { } wait)
        {
            var seconds = Math.Ceiling(wait.TotalSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var body = new Dictionary<string, string> { ["message"] = error.Message, ["__type"] = error.Type };
        return http.Response.WriteAsJsonAsync(body, EmulatorJson.Aws, http.RequestAborted);
    }
}
