namespace Farspan.Sip;

/// <summary>When two URIs name the same resource (RFC 3261 §19.1.4, RFC 3966 §4).</summary>
internal static class SipUriEquality
{
    /// <summary>A URI that has one of these never equals one that lacks it.</summary>
    private static readonly string[] _significant = ["user", "ttl", "method", "maddr", "transport"];

    public static bool AreEqual(SipUri left, SipUri right)
    {
        if (left.SchemeName != right.SchemeName)
        {
            return false;
        }

        return left.Scheme switch
        {
            SipUriScheme.Other => left.Opaque == right.Opaque,
            SipUriScheme.Tel => Digits(left.User) == Digits(right.User) && HaveSameParameters(left, right),
            _ => AreEqualSip(left, right),
        };
    }

    /// <summary>A number without its visual separators.</summary>
    public static string Digits(string? number) =>
        string.Concat((number ?? "").Where(letter => !"-.()".Contains(letter))).ToLowerInvariant();

    private static bool AreEqualSip(SipUri left, SipUri right) =>
        left.User == right.User
        && left.Password == right.Password
        && left.Port == right.Port
        && AreEqualIgnoringCase(left.Host, right.Host)
        && HaveMatchingParameters(left.Parameters, right.Parameters)
        && HaveSameHeaders(left.Headers, right.Headers);

    private static bool HaveMatchingParameters(SipParameters left, SipParameters right)
    {
        foreach (var parameter in left)
        {
            if (right.TryGet(parameter.Name, out var value) && !AreEqualIgnoringCase(value, parameter.Value))
            {
                return false;
            }
        }

        return Array.TrueForAll(_significant, name => left.Contains(name) == right.Contains(name));
    }

    private static bool HaveSameParameters(SipUri left, SipUri right) =>
        left.Parameters.Count == right.Parameters.Count
        && left.Parameters.All(parameter =>
            right.Parameters.TryGet(parameter.Name, out var value)
            && AreEqualIgnoringCase(value, parameter.Value));

    private static bool HaveSameHeaders(string? left, string? right) =>
        left == right
        || (left is not null && right is not null && SortedHeaders(left).SequenceEqual(SortedHeaders(right)));

    private static IEnumerable<string> SortedHeaders(string headers) =>
        headers.Split('&').Select(LowerName).Order(StringComparer.Ordinal);

    private static string LowerName(string header)
    {
        var equal = header.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? header.ToLowerInvariant() : header[..equal].ToLowerInvariant() + header[equal..];
    }

    private static bool AreEqualIgnoringCase(string? left, string? right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
