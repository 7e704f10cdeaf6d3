using System.Runtime.InteropServices;

namespace Farspan.Native;

/// <summary>
/// The error queue that OpenSSL keeps for each thread: to be cleared before a call and read right after
/// it.
/// </summary>
internal static unsafe class OpenSslErrors
{
    private const int MaxTextBytes = 256;

    /// <summary>Takes the oldest error out and drops the rest; null if there is none.</summary>
    public static string? Take()
    {
        var error = OpenSslNative.TakeError();
        OpenSslNative.ClearErrors();
        if (error == 0)
        {
            return null;
        }

        var text = stackalloc byte[MaxTextBytes];
        OpenSslNative.DescribeError(error, text, MaxTextBytes);
        return Marshal.PtrToStringUTF8((nint)text);
    }

    public static void ThrowUnless(bool condition, string operation)
    {
        if (!condition)
        {
            throw new OpenSslException(operation, Take());
        }
    }
}
