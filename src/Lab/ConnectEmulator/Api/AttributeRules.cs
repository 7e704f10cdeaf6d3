using System.Text;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The rules for contact attributes: keys of letters, digits, <c>-</c> and <c>_</c>; 32,768 bytes of UTF-8
/// for all of a contact's (StartWebRTCContact, API reference).
/// </summary>
internal static class AttributeRules
{
    /// <summary>
    /// Checks additions to the attributes that a contact has; null means that they may be made.
    /// </summary>
    public static ApiError? FindFault(
        IReadOnlyDictionary<string, string> current, IReadOnlyDictionary<string, string> additions)
    {
        foreach (var (key, value) in additions)
        {
            if (value is null)
            {
                return ApiError.InvalidParameter($"attribute '{key}' has no value");
            }

            if (key.Length == 0 || !key.All(IsKeyCharacter))
            {
                return ApiError.InvalidParameter(
                    $"attribute key '{key}' has characters other than A-Z a-z 0-9 - _");
            }
        }

        var bytes = additions.Sum(Size) + current.Where(pair => !additions.ContainsKey(pair.Key)).Sum(Size);
        return bytes > EmulatorLimits.AttributesBytes
            ? ApiError.InvalidParameter($"attributes take {bytes} bytes of {EmulatorLimits.AttributesBytes}")
            : null;
    }

    private static bool IsKeyCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static int Size(KeyValuePair<string, string> attribute) =>
        Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(attribute.Value);
}
