using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// One side's user name fragment and password, as in <c>a=ice-ufrag</c> and <c>a=ice-pwd</c>
/// (RFC 8445 §5.3, RFC 8839 §5.4).
/// </summary>
/// <remarks>
/// Ours are drawn by an adapter from the operating system: at least 24 and 128 random bits.
/// </remarks>
public sealed class IceCredentials
{
    private static readonly SearchValues<char> IceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private IceCredentials(string userNameFragment, string password)
    {
        UserNameFragment = userNameFragment;
        Password = new Redacted<string>(password);
        Key = StunCredentialKey.ShortTerm(password);
    }

    public string UserNameFragment { get; }

    public Redacted<string> Password { get; }

    internal byte[] Key { get; }

    /// <summary>False if a length or a character is not allowed.</summary>
    public static bool TryCreate(
        string userNameFragment,
        string password,
        [NotNullWhen(true)] out IceCredentials? credentials)
    {
        var length = userNameFragment.Length;
        var isValid = length is >= IceLimits.MinUserNameFragment and <= IceLimits.MaxUserNameFragment
            && password.Length is >= IceLimits.MinPassword and <= IceLimits.MaxPassword
            && !userNameFragment.AsSpan().ContainsAnyExcept(IceCharacters)
            && !password.AsSpan().ContainsAnyExcept(IceCharacters);
        credentials = isValid ? new IceCredentials(userNameFragment, password) : null;
        return isValid;
    }

    public override string ToString() => UserNameFragment;
}
