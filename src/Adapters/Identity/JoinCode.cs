using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Identity;

/// <summary>
/// What an operator carries from the authority to a new node: names an invitation and proves that one was
/// invited. Written in 32 letters and digits that are not mistaken for each other (Crockford's base 32).
/// </summary>
/// <param name="Id">Of the invitation; no secret.</param>
/// <param name="Secret">128 bits.</param>
public sealed record JoinCode(string Id, Redacted<byte[]> Secret)
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int IdBytes = 4;
    private const int SecretBytes = 16;
    private const int Characters = (IdBytes + SecretBytes) * 8 / 5;
    private const int GroupCharacters = 8;
    private const int InputCharactersMax = 128;

    public static JoinCode Draw() => From(RandomNumberGenerator.GetBytes(IdBytes + SecretBytes));

    /// <summary>Takes it in either case, with or without hyphens and spaces.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JoinCode? code)
    {
        code = null;
        var bytes = new byte[IdBytes + SecretBytes];
        var count = 0;
        if (text.Length > InputCharactersMax)
        {
            return false;
        }

        foreach (var character in text.ToUpperInvariant())
        {
            if (character is '-' or ' ')
            {
                continue;
            }

            var value = Digits.IndexOf(character switch { 'O' => '0', 'I' or 'L' => '1', _ => character });
            if (value < 0 || count >= Characters)
            {
                return false;
            }

            Put(bytes, count++, value);
        }

        code = count == Characters ? From(bytes) : null;
        return code is not null;
    }

    /// <summary>The code itself: to be shown once, to the operator.</summary>
    public string Reveal()
    {
        var bytes = Convert.FromHexString(Id).Concat(Secret.Reveal()).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < Characters; i++)
        {
            if (i > 0 && i % GroupCharacters == 0)
            {
                text.Append('-');
            }

            text.Append(Digits[Get(bytes, i)]);
        }

        return text.ToString();
    }

    private static JoinCode From(byte[] bytes) =>
        new(Convert.ToHexStringLower(bytes.AsSpan(0, IdBytes)), new Redacted<byte[]>(bytes[IdBytes..]));

    // The five bits of a character may lie in two bytes.
    private static void Put(byte[] bytes, int index, int value)
    {
        for (var bit = 0; bit < 5; bit++)
        {
            var position = (index * 5) + bit;
            bytes[position / 8] |= (byte)((value >> (4 - bit) & 1) << (7 - (position % 8)));
        }
    }

    private static int Get(byte[] bytes, int index)
    {
        var value = 0;
        for (var bit = 0; bit < 5; bit++)
        {
            var position = (index * 5) + bit;
            value = (value << 1) | (bytes[position / 8] >> (7 - (position % 8)) & 1);
        }

        return value;
    }
}
