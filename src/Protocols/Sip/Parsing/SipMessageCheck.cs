namespace Farspan.Sip;

/// <summary>
/// The second pass over a message: the headers that routing and transactions stand on are there, once,
/// and well-formed (RFC 3261 §8.1.1, §16.3). Others are read when asked for.
/// </summary>
internal ref struct SipMessageCheck
{
    private readonly SipMessageView _view;
    private Span<int> _counts;
    private SipParseError _error;

    private SipMessageCheck(SipMessageView view, Span<int> counts)
    {
        _view = view;
        _counts = counts;
    }

    public static bool TryCheck(SipMessageView view, out SipParseError error)
    {
        var check = new SipMessageCheck(view, stackalloc int[(int)SipHeader.WwwAuthenticate + 1]);
        var isGood = check.CheckFields() && check.CheckRequired() && check.CheckMethod();
        error = check._error;
        return isGood;
    }

    private bool CheckFields()
    {
        foreach (ref readonly var field in _view.Fields)
        {
            var isGood = field.Id switch
            {
                SipHeader.Via or SipHeader.Contact => CheckList(field),
                SipHeader.Route or SipHeader.RecordRoute => CheckList(field),
                SipHeader.From or SipHeader.To => IsOnly(field) && CheckAddress(field),
                SipHeader.CallId => IsOnly(field) && CheckCallId(field),
                SipHeader.CSeq => IsOnly(field) && CheckCSeq(field),
                SipHeader.MaxForwards or SipHeader.ContentType => IsOnly(field),
                _ => true,
            };
            if (!isGood)
            {
                return false;
            }
        }

        return true;
    }

    private bool CheckRequired() =>
        IsThere(SipHeader.Via) && IsThere(SipHeader.From) && IsThere(SipHeader.To)
        && IsThere(SipHeader.CallId) && IsThere(SipHeader.CSeq);

    private bool CheckMethod()
    {
        if (!_view.IsRequest
            || (_view.TryGetCSeq(out _, out var method) && method.SequenceEqual(_view.MethodName)))
        {
            return true;
        }

        var code = _view.Method == SipMethod.Other
            ? SipParseErrorCode.UnknownMethodMismatch
            : SipParseErrorCode.CSeqMethodMismatch;
        return Fail(code, SipHeader.CSeq, 0);
    }

    private bool CheckList(in SipHeaderField field)
    {
        var scanner = new SipScanner(field.Value.Of(_view.Whole));
        if (field.Id == SipHeader.Contact && field.Value.Length == 1 && scanner.IsAt('*'))
        {
            return true;
        }

        do
        {
            if (++_counts[(int)field.Id] > SipLimits.MaxValuesPerHeader)
            {
                return Fail(SipParseErrorCode.TooManyValues, field.Id, field.Value.Start);
            }

            if (!TryScanValue(field.Id, ref scanner))
            {
                return Fail(SipParseErrorCode.BadHeaderValue, field.Id, field.Value.Start + scanner.Position);
            }
        }
        while (scanner.TrySkip(','));

        return true;
    }

    private static bool TryScanValue(SipHeader header, scoped ref SipScanner scanner) =>
        header == SipHeader.Via
            ? ViaScanner.TryScan(ref scanner, out _)
            : NameAddressScanner.TryScan(ref scanner, out _);

    private bool CheckAddress(in SipHeaderField field)
    {
        var scanner = new SipScanner(field.Value.Of(_view.Whole));
        var isGood = NameAddressScanner.TryScan(ref scanner, out var address)
            && scanner.IsAtEnd
            && HasUsableTag(address.Parameters);
        return isGood
            || Fail(SipParseErrorCode.BadHeaderValue, field.Id, field.Value.Start + scanner.Position);
    }

    // tag-param = "tag" EQUAL token (RFC 3261 §25.1): it goes into our own messages as it is.
    private static bool HasUsableTag(ReadOnlySpan<byte> parameters) =>
        !SipParameterReader.TryFind(parameters, "tag"u8, out var tag)
        || tag.IsEmpty
        || SipCharacters.IsToken(tag);

    private bool CheckCallId(in SipHeaderField field)
    {
        var value = field.Value.Of(_view.Whole);
        return (!value.IsEmpty && !value.ContainsAny(SipCharacters.Blank))
            || Fail(SipParseErrorCode.BadHeaderValue, field.Id, field.Value.Start);
    }

    private bool CheckCSeq(in SipHeaderField field) =>
        _view.TryGetCSeq(out _, out _) || Fail(SipParseErrorCode.BadHeaderValue, field.Id, field.Value.Start);

    private bool IsOnly(in SipHeaderField field) =>
        ++_counts[(int)field.Id] == 1 || Fail(SipParseErrorCode.DuplicateHeader, field.Id, field.Name.Start);

    private bool IsThere(SipHeader header) =>
        _counts[(int)header] > 0 || Fail(SipParseErrorCode.MissingHeader, header, _view.Layout.Body.Start);

    private bool Fail(SipParseErrorCode code, SipHeader header, int offset)
    {
        _error = new SipParseError(code, header, offset);
        return false;
    }
}
