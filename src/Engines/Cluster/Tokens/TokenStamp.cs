namespace Farspan.Cluster;

/// <summary>Orders the tokens of one half of a call: by epoch, and within one by the count of its sealer.</summary>
/// <param name="Epoch">Whose half it was when the token was made.</param>
/// <param name="Sequence">Counts the tokens that one start of a node has sealed; it is their nonce as well.</param>
public readonly record struct TokenStamp(Epoch Epoch, ulong Sequence) : IComparable<TokenStamp>
{
    public static bool operator <(TokenStamp left, TokenStamp right) => left.CompareTo(right) < 0;

    public static bool operator >(TokenStamp left, TokenStamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(TokenStamp left, TokenStamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TokenStamp left, TokenStamp right) => left.CompareTo(right) >= 0;

    public int CompareTo(TokenStamp other)
    {
        var order = Epoch.CompareTo(other.Epoch);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }
}
