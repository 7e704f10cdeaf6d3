namespace Farspan.Cluster;

/// <summary>Limits of sealed tokens. Beyond each of them a token is refused, and the refusal is a value.</summary>
public static class TokenLimits
{
    /// <summary>A sealed token, header and tag included: it travels in SIP messages beside SDP.</summary>
    public const int SealedBytesMax = 32 * 1024;

    /// <summary>What a token says, unsealed.</summary>
    public const int PlainBytesMax = SealedBytesMax - 512;

    /// <summary>Of one field.</summary>
    public const int FieldBytesMax = 16 * 1024;

    /// <summary>Fields of one token, those that are not known here included.</summary>
    public const int FieldsMax = 512;

    /// <summary>Of the id of a call.</summary>
    public const int CallIdCharactersMax = 64;

    /// <summary>Of what tells the starts of a node apart.</summary>
    public const int BootCharactersMax = 32;

    /// <summary>Derived keys that are kept: one for each start of a node whose tokens were opened.</summary>
    public const int DerivedKeysMax = 256;

    /// <summary>How long a token opens: longer than any call of Amazon Connect lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
