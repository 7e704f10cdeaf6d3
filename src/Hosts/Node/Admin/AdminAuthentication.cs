using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Farspan.Node;

/// <summary>
/// Lets only those pass who know the user and the password (RFC 7617), and no web page of another origin.
/// </summary>
public sealed class AdminAuthentication(string user, AdminPassword password, AttemptLimiter limiter)
{
    /// <summary>Passes the request on, or answers 401, 403 or 429.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var source = http.Connection.RemoteIpAddress;
        if (IsFromAnotherSite(http.Request))
        {
            return RefuseAsync(http, StatusCodes.Status403Forbidden, "requests of other web pages are not answered");
        }

        if (limiter.IsBlocked(source))
        {
            http.Response.Headers.RetryAfter = "60";
            return RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too many wrong passwords");
        }

        if (IsRight(http.Request.Headers.Authorization.ToString(), out var wasTried))
        {
            return next(http);
        }

        if (wasTried)
        {
            limiter.CountFailure(source);
        }

        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Farspan\", charset=\"UTF-8\"";
        return RefuseAsync(http, StatusCodes.Status401Unauthorized, "user or password missing or wrong");
    }

    // A browser sends remembered credentials along with a request that another site's page makes: it says so.
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new AdminError(error), AdminJson.Default.AdminError);
    }

    private bool IsRight(string header, out bool wasTried)
    {
        wasTried = false;
        if (!AuthenticationHeaderValue.TryParse(header, out var parsed)
            || !string.Equals(parsed.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || parsed.Parameter is null)
        {
            return false;
        }

        wasTried = true;
        var bytes = new byte[parsed.Parameter.Length];
        if (!Convert.TryFromBase64String(parsed.Parameter, bytes, out var count))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && IsUser(text[..colon]) & password.Matches(text[(colon + 1)..]);
    }

    private bool IsUser(string name) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(user));
}
