using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>
/// The functions of libopus (Debian <c>libopus0</c>, any 1.x) that Farspan uses, by their C names. It is
/// loaded when first needed; without it everything works but Opus.
/// </summary>
/// <remarks>The two <c>_ctl</c> functions are variadic in C. On Linux (System V x86-64, AAPCS64) their
/// integer arguments travel like those of ordinary functions.</remarks>
public static partial class OpusLibrary
{
    internal const int Ok = 0;

    private const string Name = "libopus.so.0";

    private static readonly Lazy<bool> Loaded = new(() => NativeLibrary.TryLoad(Name, out _));

    /// <summary>Whether the library is installed: only then may Opus be offered.</summary>
    public static bool IsAvailable => Loaded.Value;

    /// <summary>The library's own name and version; null if it is not installed.</summary>
    public static string? Version => IsAvailable ? Marshal.PtrToStringUTF8(GetVersionString()) : null;

    [LibraryImport(Name, EntryPoint = "opus_get_version_string")]
    private static partial nint GetVersionString();

    [LibraryImport(Name, EntryPoint = "opus_encoder_create")]
    internal static partial OpusEncoderHandle CreateEncoder(
        int sampleRateHz, int channels, int application, out int error);

    [LibraryImport(Name, EntryPoint = "opus_encoder_destroy")]
    internal static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Name, EntryPoint = "opus_encoder_ctl")]
    internal static partial int ControlEncoder(OpusEncoderHandle encoder, OpusRequest request, int value);

    [LibraryImport(Name, EntryPoint = "opus_encode")]
    internal static partial int Encode(
        OpusEncoderHandle encoder, ReadOnlySpan<short> pcm, int samples, Span<byte> payload, int maxBytes);

    [LibraryImport(Name, EntryPoint = "opus_decoder_create")]
    internal static partial OpusDecoderHandle CreateDecoder(int sampleRateHz, int channels, out int error);

    [LibraryImport(Name, EntryPoint = "opus_decoder_destroy")]
    internal static partial void DestroyDecoder(nint decoder);

    /// <summary>
    /// An empty payload, which the marshaller passes as a null pointer, asks for concealment.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "opus_decode")]
    internal static partial int Decode(
        OpusDecoderHandle decoder,
        ReadOnlySpan<byte> payload,
        int bytes,
        Span<short> pcm,
        int samples,
        int usesFec);
}
