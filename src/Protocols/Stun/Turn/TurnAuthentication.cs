using System.Text;

namespace Farspan.Stun;

/// <summary>
/// What the server told us to sign with: realm, nonce, and the key made of them (RFC 8489 §9.2).
/// </summary>
/// <remarks>
/// MD5 keys only. A server that offers PASSWORD-ALGORITHMS treats us as an RFC 5389 client (§9.2.4).
/// </remarks>
internal sealed class TurnAuthentication(TurnCredentials credentials)
{
    private byte[] _realm = [];
    private byte[] _nonce = [];
    private byte[] _key = [];

    public bool IsReady => _key.Length > 0;

    /// <summary>Takes REALM and NONCE of a 401 or 438; false if they are missing or too long.</summary>
    public bool TryAdopt(StunMessageView response)
    {
        var hasRealm = response.TryGet(StunAttribute.Realm, out var realm);
        if (!response.TryGet(StunAttribute.Nonce, out var nonce)
            || nonce.Length > StunLimits.MaxNonceBytes
            || realm.Length > StunLimits.MaxRealmBytes
            || !(hasRealm || IsReady))
        {
            return false;
        }

        _nonce = nonce.ToArray();
        if (hasRealm && !(IsReady && realm.SequenceEqual(_realm)))
        {
            _realm = realm.ToArray();
            var text = Encoding.UTF8.GetString(realm);
            _key = StunCredentialKey.LongTerm(credentials.Username, text, credentials.Password.Reveal());
        }

        return true;
    }

    public void Sign(ref StunWriter writer)
    {
        writer.WriteText(StunAttribute.Username, credentials.Username);
        writer.WriteBytes(StunAttribute.Realm, _realm);
        writer.WriteBytes(StunAttribute.Nonce, _nonce);
        writer.WriteIntegrity(_key);
    }

    public bool Verify(StunMessageView response) => response.VerifyIntegrity(_key);
}
