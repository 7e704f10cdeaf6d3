namespace Farspan.Cluster;

/// <summary>
/// The epochs of both halves of a call, as a message between an edge and a connector tells them in
/// <c>Farspan-Epoch: caller=3;node=edge-e1, contact=1;node=connector-e2</c> (decision 0015).
/// </summary>
/// <param name="Caller">Null if the message does not speak of it.</param>
/// <param name="Contact">Null if the message does not speak of it.</param>
public readonly record struct CallEpochs(Epoch? Caller, Epoch? Contact)
{
    /// <summary>A header value that is longer is none of ours.</summary>
    public const int CharactersMax = 512;

    private const string CallerName = "caller=";
    private const string ContactName = "contact=";

    public Epoch? this[CallSide side] => side == CallSide.Caller ? Caller : Contact;

    /// <summary>The same with another epoch for one half.</summary>
    public CallEpochs With(CallSide side, Epoch epoch) =>
        side == CallSide.Caller ? this with { Caller = epoch } : this with { Contact = epoch };

    /// <summary>Of each half the higher one.</summary>
    public CallEpochs Raise(CallEpochs other) => new(Higher(Caller, other.Caller), Higher(Contact, other.Contact));

    /// <summary>
    /// Reads a header value. Names that are not known here are passed over; a half that is named twice, or wrongly,
    /// makes the whole unreadable.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CallEpochs epochs)
    {
        epochs = default;
        if (text.Length > CharactersMax)
        {
            return false;
        }

        var isWell = true;
        foreach (var range in text.Split(','))
        {
            var item = text[range].Trim();
            isWell &= TryTake(item, CallerName, CallSide.Caller, ref epochs)
                && TryTake(item, ContactName, CallSide.Contact, ref epochs);
        }

        epochs = isWell ? epochs : default;
        return isWell && epochs != default;
    }

    /// <summary>The header value; empty if neither half is known.</summary>
    public override string ToString()
    {
        var caller = Caller is { } first ? $"{CallerName}{first}" : "";
        var contact = Contact is { } second ? $"{ContactName}{second}" : "";
        return caller.Length > 0 && contact.Length > 0 ? $"{caller}, {contact}" : caller + contact;
    }

    private static bool TryTake(ReadOnlySpan<char> item, string name, CallSide side, ref CallEpochs epochs)
    {
        if (!item.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (epochs[side] is not null || !Epoch.TryParse(item[name.Length..], out var epoch))
        {
            return false;
        }

        epochs = epochs.With(side, epoch);
        return true;
    }

    private static Epoch? Higher(Epoch? left, Epoch? right) =>
        left is { } a && right is { } b ? Epoch.Max(a, b) : left ?? right;
}
