using System.Net.Http.Headers;

namespace Farspan.Amazon;

/// <summary>A whole answer, read into memory within <see cref="AmazonHttp.MaxAnswerBytes"/>.</summary>
internal sealed record HttpAnswer(int Status, HttpResponseHeaders Headers, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The first value of a header; null if it is absent.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
