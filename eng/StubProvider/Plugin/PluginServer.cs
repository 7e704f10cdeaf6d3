using System.Buffers.Binary;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;

namespace Farspan.StubProvider;

/// <summary>
/// Serves a provider to the Terraform that started this process: a handshake line on standard output, then gRPC over
/// HTTP/2 and mutual TLS on a Unix socket (HashiCorp's go-plugin protocol 1, Terraform's plugin protocol 5).
/// </summary>
public static class PluginServer
{
    private const int RequestBytesMax = 64 << 20;
    private const int PrefixBytes = 5;
    private const string Ok = "0";
    private const string InvalidArgument = "3";
    private const string Unimplemented = "12";

    /// <summary>Serves the Terraform that started this process until it says so.</summary>
    public static async Task<int> ServeParentAsync(Provider provider)
    {
        var socket = Path.Combine(Path.GetTempPath(), $"farspan-stub-{Environment.ProcessId}.sock");
        using var certificate = PluginCertificate.Create();

        // No padding: go-plugin reads the certificate with Go's raw encoding.
        var published = Convert.ToBase64String(certificate.RawData).TrimEnd('=');
        return await ServeAsync(
            provider, socket, listen => listen.UseHttps(Tls(certificate)), $"1|5|unix|{socket}|grpc|{published}");
    }

    /// <summary>
    /// Serves any number of Terraforms that know the socket (TF_REATTACH_PROVIDERS), until it is killed: for
    /// tests, which would otherwise start dozens of processes.
    /// </summary>
    public static Task<int> ServeSocketAsync(Provider provider, string socket) =>
        ServeAsync(provider, socket, _ => { }, "ready");

    private static async Task<int> ServeAsync(
        Provider provider, string socket, Action<ListenOptions> secure, string announcement)
    {
        File.Delete(socket);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            secure(listen);
        }));
        await using var application = builder.Build();
        application.Run(context => AnswerAsync(context, provider, application.Lifetime.StopApplication));
        await application.StartAsync();
        await Console.Out.WriteLineAsync(announcement);
        await application.WaitForShutdownAsync();
        File.Delete(socket);
        return 0;
    }

    private static HttpsConnectionAdapterOptions Tls(X509Certificate2 certificate)
    {
        var expected = PluginCertificate.OfClient();
        return new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (client, _, _) => client.Thumbprint == expected.Thumbprint,
        };
    }

    private static async Task AnswerAsync(HttpContext context, Provider provider, Action stop)
    {
        var path = context.Request.Path.Value ?? "";
        context.Response.ContentType = "application/grpc";
        if (path == "/plugin.GRPCController/Shutdown")
        {
            await WriteAsync(context, new ProtoWriter());
            stop();
            return;
        }

        if (!path.StartsWith("/tfplugin5.Provider/", StringComparison.Ordinal))
        {
            End(context, Unimplemented, path);
            return;
        }

        try
        {
            var method = path[(path.LastIndexOf('/') + 1)..];
            var answer = provider.Answer(method, new ProtoReader(await ReadAsync(context.Request)));
            await (answer is null ? EndAsync(context, Unimplemented, path) : WriteAsync(context, answer));
        }
        catch (Exception fault) when (fault is InvalidDataException or KeyNotFoundException)
        {
            End(context, InvalidArgument, fault.Message);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        return bytes.Length is >= PrefixBytes and <= RequestBytesMax && bytes[0] == 0
            ? bytes[PrefixBytes..]
            : throw new InvalidDataException("The request is not one uncompressed gRPC message.");
    }

    private static async Task WriteAsync(HttpContext context, ProtoWriter message)
    {
        var bytes = message.ToArray();
        var framed = new byte[PrefixBytes + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), bytes.Length);
        bytes.CopyTo(framed, PrefixBytes);
        await context.Response.Body.WriteAsync(framed);
        End(context, Ok, "");
    }

    private static Task EndAsync(HttpContext context, string status, string message)
    {
        End(context, status, message);
        return Task.CompletedTask;
    }

    private static void End(HttpContext context, string status, string message)
    {
        context.Response.AppendTrailer("grpc-status", status);
        if (message.Length > 0)
        {
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
        }
    }
}
