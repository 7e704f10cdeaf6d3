using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Farspan.Native;

/// <summary>
/// The OpenSSL that the operating system brings. Imports name version 3; where that is missing, a later
/// one is taken.
/// </summary>
internal static class OpenSslLibrary
{
    public const string Ssl = "libssl.so.3";
    public const string Crypto = "libcrypto.so.3";

    private const int OldestMajorVersion = 3;
    private const int NewestMajorVersion = 9;

    static OpenSslLibrary() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += LoadLater;

    /// <summary>
    /// Whether libcrypto is there and has this function; the newest versions drop old ones.
    /// </summary>
    public static bool HasCryptoFunction(string name) =>
        NativeLibrary.TryLoad(Crypto, typeof(OpenSslLibrary).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, name, out _);

    /// <summary>Makes later versions loadable; imports call it before their first use.</summary>
    public static void Prepare()
    {
    }

    private static nint LoadLater(Assembly assembly, string name)
    {
        if (name is not (Ssl or Crypto))
        {
            return 0;
        }

        var stem = name[..^1];
        for (var version = OldestMajorVersion + 1; version <= NewestMajorVersion; version++)
        {
            if (NativeLibrary.TryLoad($"{stem}{version}", out var library))
            {
                return library;
            }
        }

        return 0;
    }
}
