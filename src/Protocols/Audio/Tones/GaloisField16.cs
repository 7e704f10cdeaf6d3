namespace Farspan.Audio;

/// <summary>Arithmetic of the field with sixteen elements, modulo x⁴ + x + 1.</summary>
internal static class GaloisField16
{
    /// <summary>Elements other than zero; each is a power of the primitive element.</summary>
    public const int Order = 15;

    private static ReadOnlySpan<byte> Powers => [1, 2, 4, 8, 3, 6, 12, 11, 5, 10, 7, 14, 15, 13, 9];

    private static ReadOnlySpan<byte> Logarithms => [0, 0, 1, 4, 2, 8, 5, 10, 3, 14, 9, 7, 6, 13, 11, 12];

    public static int Power(int exponent) => Powers[exponent % Order];

    /// <summary>The logarithm of an element other than zero.</summary>
    public static int Log(int element) => Logarithms[element];

    public static int Multiply(int left, int right) =>
        left == 0 || right == 0 ? 0 : Power(Log(left) + Log(right));

    /// <summary>The divisor is not zero.</summary>
    public static int Divide(int left, int right) =>
        left == 0 ? 0 : Power(Log(left) + Order - Log(right));
}
