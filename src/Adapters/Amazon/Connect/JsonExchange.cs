using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farspan.Calls;

namespace Farspan.Amazon;

/// <summary>One JSON request to be sent, perhaps more than once.</summary>
internal sealed record JsonExchange(HttpMethod Method, Uri Uri, byte[] Body)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static JsonExchange Create<TBody>(
        HttpMethod method, Uri uri, TBody body, JsonTypeInfo<TBody> typeInfo) =>
        new(method, uri, JsonSerializer.SerializeToUtf8Bytes(body, typeInfo));

    /// <summary>A message can be sent once only; a retry needs another.</summary>
    public HttpRequestMessage CreateRequest() =>
        new(Method, Uri) { Content = new ByteArrayContent(Body) { Headers = { ContentType = Json } } };

    /// <summary>Reads an answer's body; an empty one is an empty object.</summary>
    public static ConnectResult<TAnswer> Read<TAnswer>(
        HttpAnswer answer, JsonTypeInfo<TAnswer> typeInfo, DateTimeOffset now)
        where TAnswer : class
    {
        if (!answer.IsSuccess)
        {
            return ConnectResult<TAnswer>.Fail(ConnectErrorReader.Read(answer, now));
        }

        try
        {
            var value = JsonSerializer.Deserialize(answer.Body.Length == 0 ? "{}"u8 : answer.Body, typeInfo);
            return value is null ? Invalid("null") : ConnectResult<TAnswer>.Succeed(value);
        }
        catch (JsonException exception)
        {
            return Invalid(exception.Message);
        }

        ConnectResult<TAnswer> Invalid(string message) => ConnectResult<TAnswer>.Fail(
            new ConnectError(ConnectErrorKind.InvalidResponse)
            {
                HttpStatus = answer.Status,
                Message = message,
            });
    }
}
