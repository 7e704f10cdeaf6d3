using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// A request or a response: one immutable copy of its bytes with an index of its header lines
/// (RFC 3261 §7). Values are parsed when first asked for and kept.
/// </summary>
/// <remarks>What routing and transactions stand on was checked by <see cref="SipParser"/>: From, To,
/// Call-ID, CSeq,
/// Via, Contact, Route and Record-Route always read. Optional headers that are unreadable count as
/// absent.</remarks>
public abstract class SipMessage
{
    private readonly byte[] _bytes;
    private readonly SipHeaderField[] _fields;
    private readonly SipLayout _layout;
    private string? _callId;
    private CSeq? _cseq;
    private NameAddress? _from;
    private NameAddress? _to;
    private Via? _topVia;
    private Via[]? _vias;
    private NameAddress[]? _contacts;
    private NameAddress[]? _routes;
    private NameAddress[]? _recordRoutes;

    private protected SipMessage(byte[] bytes, SipHeaderField[] fields, in SipLayout layout)
    {
        _bytes = bytes;
        _fields = fields;
        _layout = layout;
    }

    /// <summary>The whole message, ready to send.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    public ReadOnlyMemory<byte> Body => _bytes.AsMemory(_layout.Body.Start, _layout.Body.Length);

    /// <summary>The message as slices of its bytes.</summary>
    public SipMessageView View => new(_bytes, _fields, _layout);

    public string CallId => _callId ??= SipText.Decode(View.CallId);

    public CSeq CSeq => _cseq ??= ReadCSeq();

    public NameAddress From => _from ??= ReadAddress(SipHeader.From);

    public NameAddress To => _to ??= ReadAddress(SipHeader.To);

    public Via TopVia => _topVia ??= ReadTopVia();

    /// <summary>All of them, the topmost first.</summary>
    public IReadOnlyList<Via> Vias => _vias ??= ReadVias();

    public IReadOnlyList<NameAddress> Contacts => _contacts ??= ReadAddresses(SipHeader.Contact);

    /// <summary>The first Contact; null if there is none, or it is a <c>*</c>.</summary>
    public NameAddress? Contact => Contacts.Count > 0 ? Contacts[0] : null;

    /// <summary>Whether the Contact is <c>*</c>, which removes all bindings (RFC 3261 §10.2.2).</summary>
    public bool HasWildcardContact => View.First(SipHeader.Contact).SequenceEqual("*"u8);

    /// <summary>The values of Route, in their order.</summary>
    public IReadOnlyList<NameAddress> RouteSet => _routes ??= ReadAddresses(SipHeader.Route);

    /// <summary>The values of Record-Route, in their order.</summary>
    public IReadOnlyList<NameAddress> RecordRoutes => _recordRoutes ??= ReadAddresses(SipHeader.RecordRoute);

    /// <summary>With its parameters; null if there is none.</summary>
    public string? ContentType => GetHeader(SipHeader.ContentType);

    /// <summary>Encodings of the body; a body with one that we do not know is answered with 415.</summary>
    public IReadOnlyList<string> ContentEncodings => GetHeaders(SipHeader.ContentEncoding);

    public IReadOnlyList<string> Supported => GetHeaders(SipHeader.Supported);

    /// <summary>Options the receiver must support; 420 if it does not.</summary>
    public IReadOnlyList<string> Require => GetHeaders(SipHeader.Require);

    /// <summary>Null if absent (RFC 4028 §4).</summary>
    public SessionExpires? SessionExpires =>
        View.TryGetHeader(SipHeader.SessionExpires, out var value) ? Sip.SessionExpires.Read(value) : null;

    /// <summary>Null if absent (RFC 4028 §5).</summary>
    public TimeSpan? MinSe => ReadSeconds(SipHeader.MinSe);

    /// <summary>Null if absent (RFC 3261 §20.33).</summary>
    public TimeSpan? RetryAfter => ReadSeconds(SipHeader.RetryAfter);

    /// <summary>All values of Reason; one for each protocol (RFC 3326).</summary>
    public IReadOnlyList<SipReason> Reasons => ReadReasons();

    /// <summary>The first Reason; null if there is none.</summary>
    public SipReason? Reason => Reasons is [var first, ..] ? first : null;

    /// <summary>Every header line, in order.</summary>
    public IReadOnlyList<SipHeaderLine> HeaderLines => Array.ConvertAll(_fields, line => new SipHeaderLine(
        line.Id,
        SipText.Decode(line.Name.Of(_bytes)),
        SipText.Decode(line.Value.Of(_bytes))));

    /// <summary>The first line of a header; null if there is none.</summary>
    public string? GetHeader(SipHeader header) =>
        View.TryGetHeader(header, out var value) ? SipText.Decode(value) : null;

    /// <summary>The first line of a header, by its full or compact name.</summary>
    public bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = View.TryGetHeader(Encoding.UTF8.GetBytes(name), out var bytes) ? SipText.Decode(bytes) : null;
        return value is not null;
    }

    /// <summary>All values of a header, one by one where its grammar is a list.</summary>
    public IReadOnlyList<string> GetHeaders(SipHeader header) => ReadValues(header, default);

    /// <summary>All values of a header, one by one where its grammar is known to be a list.</summary>
    public IReadOnlyList<string> GetHeaders(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return ReadValues(SipHeaderTable.Find(bytes), bytes);
    }

    /// <summary>
    /// All addresses in a header such as P-Asserted-Identity, Diversion or Refer-To; those that do not
    /// read are left out.
    /// </summary>
    public IReadOnlyList<NameAddress> GetAddresses(SipHeader header) => ReadAddresses(header);

    public override string ToString() => SipText.Decode(_bytes);

    private CSeq ReadCSeq()
    {
        Invariant.Require(View.TryGetCSeq(out var number, out var methodName));
        var method = SipMethodTable.Find(methodName);
        return new CSeq(number, method, SipMethodTable.Name(method, methodName));
    }

    private NameAddress ReadAddress(SipHeader header)
    {
        Invariant.Require(NameAddress.TryParse(View.First(header), out var address));
        return address;
    }

    private Via ReadTopVia()
    {
        var scanner = new SipScanner(View.First(SipHeader.Via));
        Invariant.Require(Via.TryRead(ref scanner, out var via));
        return via;
    }

    private Via[] ReadVias()
    {
        var vias = new List<Via>();
        foreach (ref readonly var field in _fields.AsSpan())
        {
            var scanner = new SipScanner(field.Value.Of(_bytes));
            while (field.Id == SipHeader.Via && Via.TryRead(ref scanner, out var via))
            {
                vias.Add(via);
                scanner.TrySkip(',');
            }
        }

        return [.. vias];
    }

    private NameAddress[] ReadAddresses(SipHeader header)
    {
        var addresses = new List<NameAddress>();
        foreach (ref readonly var field in _fields.AsSpan())
        {
            var scanner = new SipScanner(field.Value.Of(_bytes));
            while (field.Id == header && NameAddress.TryRead(ref scanner, out var address))
            {
                addresses.Add(address);
                scanner.TrySkip(',');
            }
        }

        return [.. addresses];
    }

    private SipReason[] ReadReasons()
    {
        var reasons = new List<SipReason>();
        foreach (ref readonly var field in _fields.AsSpan())
        {
            var scanner = new SipScanner(field.Value.Of(_bytes));
            while (field.Id == SipHeader.Reason && SipReason.Read(ref scanner) is { } reason)
            {
                reasons.Add(reason);
                scanner.TrySkipSeparator(',');
            }
        }

        return [.. reasons];
    }

    private string[] ReadValues(SipHeader header, ReadOnlySpan<byte> name)
    {
        var values = new List<string>();
        foreach (ref readonly var field in _fields.AsSpan())
        {
            if (field.Id == header
                && (header != SipHeader.Other || Ascii.EqualsIgnoreCase(field.Name.Of(_bytes), name)))
            {
                SipListReader.AddValues(field.Value.Of(_bytes), SipHeaderTable.IsList(header), values);
            }
        }

        return [.. values];
    }

    private TimeSpan? ReadSeconds(SipHeader header)
    {
        var scanner = new SipScanner(View.First(header));
        return scanner.TryTakeNumber(out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }
}
