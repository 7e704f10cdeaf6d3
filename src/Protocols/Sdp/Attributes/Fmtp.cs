namespace Farspan.Sdp;

/// <summary>Parameters of a format (a=fmtp, RFC 8866 §6.15).</summary>
/// <param name="Format">The payload type as it was written.</param>
/// <param name="Parameters">For most codecs <c>name=value</c> separated by semicolons.</param>
public sealed record Fmtp(string Format, string Parameters)
{
    /// <summary>Finds <c>name=value</c>; names are compared without regard to case.</summary>
    public bool TryGetParameter(string name, out ReadOnlySpan<char> value)
    {
        foreach (var range in Parameters.AsSpan().Split(';'))
        {
            var parameter = Parameters.AsSpan(range).Trim();
            var equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].TrimEnd().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = parameter[(equals + 1)..].TrimStart();
                return true;
            }
        }

        value = default;
        return false;
    }
}
