using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>Makes the response to a request (RFC 3261 §8.2.6).</summary>
/// <remarks>Values cannot inject headers: controls in texts are written as spaces.</remarks>
public sealed class SipResponseBuilder
{
    private readonly SipRequest _request;
    private readonly List<(string Name, string Value)> _headers = [];

    private SipResponseBuilder(SipRequest request, int statusCode, string reasonPhrase)
    {
        Invariant.Require(statusCode is >= 100 and <= 699);
        _request = request;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
    }

    public int StatusCode { get; }

    public string ReasonPhrase { get; }

    /// <summary>Our tag; needed in all but a 100, and unused where the request has one already.</summary>
    public string? ToTag { get; set; }

    /// <summary>Null for none.</summary>
    public NameAddress? Contact { get; set; }

    /// <summary>The top Via with its source noted; null for the one of the request.</summary>
    public Via? TopVia { get; set; }

    public string? ContentType { get; private set; }

    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>
    /// Begins a response: Vias, From, To, Call-ID and CSeq are the request's, and so are Record-Routes
    /// that set up a dialog.
    /// </summary>
    /// <param name="request">What is answered.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">Null for the usual one.</param>
    public static SipResponseBuilder For(SipRequest request, int statusCode, string? reasonPhrase = null) =>
        new(request, statusCode, reasonPhrase ?? SipReasonPhrases.Of(statusCode));

    public SipResponseBuilder WithToTag(string toTag)
    {
        Invariant.Require(SipCharacters.IsToken(toTag));
        ToTag = toTag;
        return this;
    }

    public SipResponseBuilder WithTopVia(Via topVia)
    {
        TopVia = topVia;
        return this;
    }

    public SipResponseBuilder WithContact(NameAddress contact)
    {
        Contact = contact;
        return this;
    }

    /// <summary>Adds any header that the response does not copy.</summary>
    public SipResponseBuilder AddHeader(string name, string value)
    {
        SipBuilding.RequireFreeHeader(name);
        _headers.Add((name, value));
        return this;
    }

    public SipResponseBuilder AddHeader(SipHeader header, string value) =>
        AddHeader(SipHeaderTable.Name(header), value);

    public SipResponseBuilder WithBody(string contentType, ReadOnlyMemory<byte> body)
    {
        ContentType = contentType;
        Body = body;
        return this;
    }

    public SipResponseBuilder WithBody(string contentType, string body) =>
        WithBody(contentType, Encoding.UTF8.GetBytes(body));

    public SipResponse Build()
    {
        var view = _request.View;
        using var writer = new SipTextWriter(1024 + Body.Length);
        writer.StatusLine(StatusCode, ReasonPhrase);
        WriteVias(view, writer);
        if (StatusCode is > 100 and < 300)
        {
            // RFC 3261 §12.1.1: what sets up a dialog tells the caller its route.
            writer.CopyAll(view, SipHeader.RecordRoute);
        }

        writer.CopyAll(view, SipHeader.From);
        WriteTo(view, writer);
        writer.CopyAll(view, SipHeader.CallId);
        writer.CopyAll(view, SipHeader.CSeq);
        if (StatusCode == 100)
        {
            writer.CopyAll(view, SipHeader.Timestamp);
        }

        SipBuilding.WriteRest(writer, Contact, _headers, ContentType);
        writer.Finish(Body.Span);
        return (SipResponse)SipBuilding.Parse(writer.Written);
    }

    private void WriteVias(SipMessageView view, SipTextWriter writer)
    {
        if (TopVia is null)
        {
            writer.CopyAll(view, SipHeader.Via);
            return;
        }

        writer.Header(SipHeader.Via, TopVia.ToString());
        writer.ViasBelowTop(view);
    }

    private void WriteTo(SipMessageView view, SipTextWriter writer)
    {
        var needsTag = StatusCode > 100 && view.ToTag.IsEmpty;
        Invariant.Require(!needsTag || ToTag is not null);
        writer.HeaderName(SipHeader.To);
        writer.Text(view.First(SipHeader.To));
        if (needsTag)
        {
            writer.Text($";tag={ToTag}");
        }

        writer.Raw("\r\n"u8);
    }
}
