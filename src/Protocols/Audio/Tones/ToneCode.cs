using F = Farspan.Audio.GaloisField16;

namespace Farspan.Audio;

/// <summary>
/// The Reed-Solomon code of a <see cref="ToneSequence"/>: 10 symbols of GF(16), 4 of them data, distance 7.
/// </summary>
internal static class ToneCode
{
    private const int Length = ToneSequence.WordSymbols;
    private const int Parity = ToneSequence.ParitySymbols;

    // Added to the parity. Without it the code would be linear, and a word that begins with zeros a word again
    // when a gap in the stream, as long as some symbols, shifts it.
    private static readonly byte[] ParityOffset = [9, 4, 14, 3, 11, 6];

    // The product of (x - a^i) for i from 0 to 5, without its leading 1, highest power first.
    private static readonly byte[] Generator = CreateGenerator();

    /// <summary>
    /// Replaces the last symbols of a word by the remainder of its division by the generator.
    /// </summary>
    public static void AppendParity(Span<byte> word)
    {
        var parity = word[(Length - Parity)..];
        parity.Clear();
        for (var i = 0; i < Length - Parity; i++)
        {
            var factor = word[i] ^ parity[0];
            for (var j = 0; j < Parity; j++)
            {
                var next = j + 1 < Parity ? parity[j + 1] : 0;
                parity[j] = (byte)(next ^ F.Multiply(factor, Generator[j]));
            }
        }

        AddOffset(word);
    }

    /// <summary>Corrects up to one symbol; false if the word is further from every code word.</summary>
    public static bool TryCorrect(Span<byte> word, out int corrected)
    {
        AddOffset(word);
        var isCorrected = TryCorrectLinear(word, out corrected);
        AddOffset(word);
        return isCorrected;
    }

    private static void AddOffset(Span<byte> word)
    {
        var parity = word[(Length - Parity)..];
        for (var i = 0; i < Parity; i++)
        {
            parity[i] ^= ParityOffset[i];
        }
    }

    private static bool TryCorrectLinear(Span<byte> word, out int corrected)
    {
        corrected = 0;
        Span<byte> syndromes = stackalloc byte[Parity];
        Evaluate(word, syndromes);
        if (syndromes.IndexOfAnyExcept((byte)0) < 0)
        {
            return true;
        }

        if (!TryLocate(syndromes, out var place))
        {
            return false;
        }

        word[place] ^= syndromes[0];
        corrected = 1;
        return true;
    }

    private static void Evaluate(ReadOnlySpan<byte> word, Span<byte> syndromes)
    {
        for (var i = 0; i < Parity; i++)
        {
            var value = 0;
            foreach (var symbol in word)
            {
                value = F.Multiply(value, F.Power(i)) ^ symbol;
            }

            syndromes[i] = (byte)value;
        }
    }

    // One error e at the power p makes the syndromes e × a^(p i): a geometric row.
    private static bool TryLocate(ReadOnlySpan<byte> syndromes, out int place)
    {
        place = -1;
        if (syndromes.Contains((byte)0))
        {
            return false;
        }

        var ratio = F.Divide(syndromes[1], syndromes[0]);
        for (var i = 1; i + 1 < Parity; i++)
        {
            if (F.Multiply(syndromes[i], ratio) != syndromes[i + 1])
            {
                return false;
            }
        }

        place = Length - 1 - F.Log(ratio);
        return place >= 0;
    }

    private static byte[] CreateGenerator()
    {
        Span<byte> product = stackalloc byte[Parity + 1];
        product[0] = 1;
        for (var root = 0; root < Parity; root++)
        {
            for (var i = root + 1; i > 0; i--)
            {
                product[i] ^= (byte)F.Multiply(product[i - 1], F.Power(root));
            }
        }

        return product[1..].ToArray();
    }
}
