namespace Farspan.Audio;

/// <summary>The constants of ITU-T G.722, under the names that its §6 gives them.</summary>
/// <remarks>
/// Arrays: code that is not yet optimised allocates when it makes a span of 16-bit constants.
/// </remarks>
internal static class G722Tables
{
    /// <summary>
    /// Half of the 24 coefficients of the quadrature mirror filter, which is symmetric.
    /// </summary>
    public static readonly short[] Qmf = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>Decision levels of the 60-level quantizer of the lower band.</summary>
    public static readonly short[] Q6 =
    [
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940,
        1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    /// <summary>Output levels of the inverse of that quantizer, by 6-bit code word.</summary>
    public static readonly short[] Qm6 =
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192,
        -10232, -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168,
        -2776, -2400, -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512,
        12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168,
        2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    /// <summary>
    /// Output levels for the adaptation loop of the lower band, by the upper 4 bits of its code word.
    /// </summary>
    public static readonly short[] Qm4 =
    [
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584,
        1200, 0,
    ];

    /// <summary>Output levels of the higher band, by its 2-bit code word.</summary>
    public static readonly short[] Qm2 = [-7408, -1616, 7408, 1616];

    /// <summary>
    /// How the lower band's scale factor changes, by the upper 4 bits of its code word (WL
    /// by way of RL42).
    /// </summary>
    public static readonly short[] LowerScaleSteps =
    [
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60,
    ];

    /// <summary>How the higher band's scale factor changes, by its 2-bit code word.</summary>
    public static readonly short[] HigherScaleSteps = [798, -214, 798, -214];

    /// <summary>2048 × 2^(i/32): the antilogarithm of the scale factors.</summary>
    public static readonly short[] Antilog =
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774,
        2834, 2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838,
        3922, 4008,
    ];
}
