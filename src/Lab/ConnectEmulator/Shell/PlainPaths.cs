using System.Text;
using Microsoft.AspNetCore.Http;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Takes needless slashes out of the paths of requests: <c>$EMULATOR/contacts</c> means the same whether the
/// variable ends in a slash or not.
/// </summary>
internal static class PlainPaths
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Request.Path = Simplify(http.Request.Path.Value ?? "/");
        return next(http);
    }

    internal static string Simplify(string path)
    {
        var plain = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            if (c != '/' || plain.Length == 0 || plain[^1] != '/')
            {
                plain.Append(c);
            }
        }

        var end = plain.Length > 1 && plain[^1] == '/' ? plain.Length - 1 : plain.Length;
        return plain.ToString(0, end);
    }
}
