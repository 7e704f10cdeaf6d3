using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Farspan.Store;

namespace Farspan.Node;

/// <summary>
/// The password of the administration API, known only as a salted hash (PBKDF2, RFC 8018 §5.2, with
/// HMAC-SHA-256).
/// </summary>
/// <remarks>One deliberate hash a second login would cost 50 ms of CPU: the last password that was right is
/// remembered as an HMAC under a key of this process, so that a scraper costs microseconds.</remarks>
public sealed class AdminPassword
{
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int GeneratedBytes = 15;

    private readonly byte[] _salt;
    private readonly byte[] _hash;
    private readonly byte[] _processKey = RandomNumberGenerator.GetBytes(HashBytes);
    private byte[]? _lastRight;

    private AdminPassword(byte[] salt, byte[] hash)
    {
        _salt = salt;
        _hash = hash;
    }

    /// <summary>Takes a password that the configuration names.</summary>
    public static AdminPassword Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new AdminPassword(salt, Hash(password, salt));
    }

    /// <summary>
    /// Reads the hash of the password that an earlier start drew, or draws one and stores its hash.
    /// </summary>
    /// <param name="path">The file, created with mode 0600.</param>
    /// <param name="drawn">The password, to be shown once; null if there was one.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static AdminPassword LoadOrDraw(string path, out string? drawn)
    {
        drawn = null;
        if (File.Exists(path) && TryParse(File.ReadAllText(path), out var stored))
        {
            return stored;
        }

        drawn = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GeneratedBytes));
        var password = Create(drawn);
        PrivateFile.Replace(path, Encoding.ASCII.GetBytes(password.ToString())).Dispose();
        return password;
    }

    /// <summary>As it is stored: <c>pbkdf2-sha256$iterations$salt$hash</c>.</summary>
    public override string ToString() =>
        $"pbkdf2-sha256${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}\n";

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string password)
    {
        var mark = HMACSHA256.HashData(_processKey, Encoding.UTF8.GetBytes(password));
        if (Volatile.Read(ref _lastRight) is { } last && CryptographicOperations.FixedTimeEquals(mark, last))
        {
            return true;
        }

        var isRight = CryptographicOperations.FixedTimeEquals(Hash(password, _salt), _hash);
        if (isRight)
        {
            Volatile.Write(ref _lastRight, mark);
        }

        return isRight;
    }

    private static byte[] Hash(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);

    private static bool TryParse(string text, [NotNullWhen(true)] out AdminPassword? password)
    {
        password = null;
        var salt = new byte[SaltBytes];
        var hash = new byte[HashBytes];
        if (text.Trim().Split('$') is ["pbkdf2-sha256", var iterations, var saltText, var hashText]
            && iterations == $"{Iterations}"
            && Convert.TryFromBase64String(saltText, salt, out var saltCount) && saltCount == SaltBytes
            && Convert.TryFromBase64String(hashText, hash, out var hashCount) && hashCount == HashBytes)
        {
            password = new AdminPassword(salt, hash);
        }

        return password is not null;
    }
}
