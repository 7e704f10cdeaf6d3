using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Srtp;

/// <summary>
/// Master key and master salt of one direction (RFC 3711 §3.2.1). Printing it tells only the profile.
/// </summary>
public sealed class SrtpMasterKey
{
    private readonly byte[] _keyAndSalt;

    /// <summary>Copies a key followed by its salt, of the lengths the profile asks for.</summary>
    public SrtpMasterKey(SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt)
    {
        Invariant.Require(keyAndSalt.Length == profile.KeyAndSaltBytes());
        Profile = profile;
        _keyAndSalt = keyAndSalt.ToArray();
    }

    public SrtpProfile Profile { get; }

    public ReadOnlySpan<byte> Key => _keyAndSalt.AsSpan(0, SrtpProfiles.MasterKeyBytes);

    public ReadOnlySpan<byte> Salt => _keyAndSalt.AsSpan(SrtpProfiles.MasterKeyBytes);

    /// <summary>Both together, in the order of <c>inline:</c> (RFC 4568 §6.1).</summary>
    public ReadOnlySpan<byte> KeyAndSalt => _keyAndSalt;

    /// <summary>Takes what a peer sent; false if its length is not the profile's.</summary>
    public static bool TryCreate(
        SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt, [NotNullWhen(true)] out SrtpMasterKey? key)
    {
        key = keyAndSalt.Length == profile.KeyAndSaltBytes() ? new SrtpMasterKey(profile, keyAndSalt) : null;
        return key is not null;
    }

    public override string ToString() => $"{Profile.CryptoSuite()} [redacted]";
}
