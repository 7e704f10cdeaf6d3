using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>Makes a request (RFC 3261 §8.1.1): fill in, <see cref="Build"/>, send its bytes.</summary>
/// <remarks>Values cannot inject headers: controls in texts are written as spaces.</remarks>
public sealed class SipRequestBuilder
{
    private readonly List<(string Name, string Value)> _headers = [];

    public SipRequestBuilder(SipMethod method, SipUri requestUri)
        : this(SipMethodTable.Name(method), requestUri)
    {
    }

    /// <summary>For extension methods.</summary>
    public SipRequestBuilder(string methodName, SipUri requestUri)
    {
        Invariant.Require(SipCharacters.IsToken(methodName) && methodName.Length <= SipLimits.MaxMethodBytes);
        MethodName = methodName;
        RequestUri = requestUri;
    }

    public string MethodName { get; }

    public SipUri RequestUri { get; }

    /// <summary>Topmost first; at least one.</summary>
    public IList<Via> Vias { get; } = [];

    public required NameAddress From { get; init; }

    public required NameAddress To { get; init; }

    public required string CallId { get; init; }

    public required uint CSeqNumber { get; init; }

    public int MaxForwards { get; init; } = SipLimits.DefaultMaxForwards;

    public IList<NameAddress> RouteSet { get; } = [];

    public IList<NameAddress> RecordRoutes { get; } = [];

    /// <summary>Null for none.</summary>
    public NameAddress? Contact { get; init; }

    /// <summary>Written if there is a body.</summary>
    public string? ContentType { get; private set; }

    public ReadOnlyMemory<byte> Body { get; private set; }

    public SipRequestBuilder AddVia(Via via)
    {
        Vias.Add(via);
        return this;
    }

    public SipRequestBuilder AddRoute(NameAddress route)
    {
        RouteSet.Add(route);
        return this;
    }

    public SipRequestBuilder AddRoutes(IEnumerable<NameAddress> routes)
    {
        foreach (var route in routes)
        {
            RouteSet.Add(route);
        }

        return this;
    }

    public SipRequestBuilder AddRecordRoute(NameAddress route)
    {
        RecordRoutes.Add(route);
        return this;
    }

    /// <summary>Adds any header that has no property here.</summary>
    public SipRequestBuilder AddHeader(string name, string value)
    {
        SipBuilding.RequireFreeHeader(name);
        _headers.Add((name, value));
        return this;
    }

    public SipRequestBuilder AddHeader(SipHeader header, string value) =>
        AddHeader(SipHeaderTable.Name(header), value);

    public SipRequestBuilder WithBody(string contentType, ReadOnlyMemory<byte> body)
    {
        ContentType = contentType;
        Body = body;
        return this;
    }

    public SipRequestBuilder WithBody(string contentType, string body) =>
        WithBody(contentType, Encoding.UTF8.GetBytes(body));

    public SipRequest Build()
    {
        Invariant.Require(Vias.Count > 0);
        Invariant.Require(MaxForwards is >= 0 and <= SipLimits.MaxMaxForwards);

        using var writer = new SipTextWriter(1024 + Body.Length);
        writer.Text($"{MethodName} {RequestUri} SIP/2.0");
        writer.Raw("\r\n"u8);
        SipBuilding.WriteEach(writer, SipHeader.Via, Vias);
        writer.Header(SipHeader.MaxForwards, (uint)MaxForwards);
        SipBuilding.WriteEach(writer, SipHeader.Route, RouteSet);
        SipBuilding.WriteEach(writer, SipHeader.RecordRoute, RecordRoutes);
        writer.Header(SipHeader.From, From.ToString());
        writer.Header(SipHeader.To, To.ToString());
        writer.Header(SipHeader.CallId, CallId);
        writer.Header(SipHeader.CSeq, $"{CSeqNumber} {MethodName}");
        SipBuilding.WriteRest(writer, Contact, _headers, ContentType);
        writer.Finish(Body.Span);
        return (SipRequest)SipBuilding.Parse(writer.Written);
    }
}
