using Farspan.Calls;
using Farspan.Ice;
using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>
/// Draws ICE credentials: 48 random bits of name, 144 of password (RFC 8445 §5.3 asks for 24 and 128).
/// </summary>
internal static class IceCredentialSource
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int UserNameFragmentChars = 8;
    private const int PasswordChars = 24;

    public static IceCredentials Draw(KeyMaterialSource keys)
    {
        Invariant.Require(IceCredentials.TryCreate(
            DrawText(keys, UserNameFragmentChars), DrawText(keys, PasswordChars), out var credentials));
        return credentials;
    }

    private static string DrawText(KeyMaterialSource keys, int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        Span<char> text = stackalloc char[length];
        keys(bytes);
        for (var i = 0; i < length; i++)
        {
            text[i] = Characters[bytes[i] % Characters.Length];
        }

        return text.ToString();
    }
}
