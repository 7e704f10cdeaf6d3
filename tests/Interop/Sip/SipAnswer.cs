using System.Net;
using System.Text.RegularExpressions;

namespace Farspan.Interop.Tests;

/// <summary>A SIP message as text.</summary>
internal sealed partial record SipAnswer(string Text)
{
    /// <summary>0 for a request.</summary>
    public int StatusCode =>
        Text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? int.Parse(Text.AsSpan(8, 3)) : 0;

    public bool IsFinal => StatusCode >= 200;

    public string CallId => Header("Call-ID");

    /// <summary>Where the other side wants audio.</summary>
    public IPEndPoint Media
    {
        get
        {
            var found = MediaPattern().Match(Text);
            Assert.True(found.Success, Text);
            return new IPEndPoint(IPAddress.Parse(found.Groups[1].Value), int.Parse(found.Groups[2].Value));
        }
    }

    /// <summary>The first value of a header, to the end of its line; empty if it is not there.</summary>
    public string Header(string name) => Text.Split("\r\n")
        .TakeWhile(line => line.Length > 0)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault("");

    [GeneratedRegex(@"c=IN IP4 ([0-9.]+)[\s\S]*m=audio (\d+) ")]
    private static partial Regex MediaPattern();
}
